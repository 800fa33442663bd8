"""What the status pages made for tests say. Titles and numbers are the treaties'; every day and every statement is invented."""

from __future__ import annotations

from status_pages import Row, StatusPage

_OPENED = "The instrument was opened for signature at Example City on {}."
_STATES = ("Afghanistan", "Austria", "Denmark", "Egypt", "France", "Germany")


def _rows(year: int) -> list[Row]:
    """Participants of a page without peculiarities: who signed and ratified, acceded, only signed, followed another."""
    rows = [(name, f"{place + 2} Mar {year}", f"{place + 3} May {year + 2}") for place, name in enumerate(_STATES)]
    rows += [("Kazakhstan", "", f"9 Jun {max(year, 1992) + 3} a"), ("Sweden", f"4 Apr {year}", "")]
    return rows


def _plain(file: str, title: str, year: int, body: str = "Convention") -> StatusPage:
    """A page on which nothing is out of the ordinary."""
    return StatusPage(
        file=file,
        title=title,
        concluded=f"Example City, 1 March {year}",
        in_force=f"2 July {year + 3}, in accordance with article 27.",
        remark=_OPENED.format(f"2 March {year}"),
        rows=_rows(year),
        statements=[
            (
                "Austria",
                [
                    "_Declaration:_",
                    f"The Government of Austria declares that it reads article 5 of the {body} in the light of its own law.",
                ],
            )
        ],
        notes={"1": ["A note about the printing of the page, worded for the test."]},
    )


_CAT = StatusPage(
    file="cat",
    title="9. Convention against Torture and Other Cruel, Inhuman or Degrading Treatment or Punishment",
    concluded="Example City, 10 March 1985",
    in_force="26 July 1987, in accordance with article 27 (1).",
    remark="A remark that gives no day.",
    rows=[
        ("Afghanistan {9}", "4 Mar 1985", "1 Apr 1988"),
        ("Austria", "15 Mar 1986", "29 Jul 1988"),
        ("Denmark {5}", "4 Mar 1985", "27 May 1988"),
        ("Egypt", "", "25 Jun 1987 a"),
        ("Fiji", "2 Mar 2015", ""),
        ("France", "4 Mar 1985", "18 Feb 1987 AA"),
        ("Germany {3}", "14 Oct 1987", "1 Oct 1991"),
        ("Malta", "", "13 Sep 1991 a"),
        ("Russian Federation", "11 Dec 1986", "3 Apr 1987"),
        ("Serbia {4}", "", "13 Apr 2002 d"),
        ("Sweden", "4 Mar 1985", "8 Feb 1986"),
    ],
    statements=[
        (
            "Austria",
            [
                "_Declaration:_",
                "The Government of Austria declares that it reads article 15 in the light of its own law.",
            ],
        ),
        ("Denmark {5}", []),
        (
            "Egypt",
            ["Egypt makes a reservation to article 20 and does not recognize its inquiry."],
        ),
        ("Fiji", ["Fiji does not recognize the inquiry that article 20 knows."]),
        (
            "Germany {3}",
            [
                "_Upon signature:_",
                "The Government of Germany reserves its right to say more upon ratification.",
                "_Upon ratification:_",
                "_Reservation:_",
                "The Government of Germany is not bound by article 3 where its own law says otherwise.",
            ],
        ),
        ("Russian Federation", ["_Reservations:_", "The Government makes a reservation to article 30, paragraph 1."]),
        ("Sweden", ["_Understanding:_", "Sweden understands that the inquiry of article 20 is welcome."]),
    ],
    objections=[
        (
            "Austria",
            [
                "The same objection could be made to a reservation by another State, says the Government of Austria of the reservation of Egypt."
            ],
        ),
        (
            "Denmark",
            [
                "> 4 October 1989",
                "The Government of Denmark has read the reservation made by Egypt and will follow it with attention.",
            ],
        ),
        (
            "France",
            [
                "> 5 October 1989",
                "_Objections to the reservations of the following States:_",
                "_With regard to the reservation made by the Russian Federation:_",
                "The Government of France objects to this reservation.",
            ],
        ),
        ("Germany", ["> 6 October 1989", "The Government of Germany objects to the signature by Fiji."]),
        ("Serbia {4}", []),
        (
            "Sweden",
            [
                "> 7 October 1989",
                "_With regard to the reservation made by Egypt upon accession:_",
                "The Government of Sweden objects to this reservation, which it takes to be incompatible with the Convention.",
            ],
        ),
    ],
    declarations=[
        (
            "Austria",
            [
                "> 5 June 1995",
                "Austria recognizes the competence of the Committee under article 21 for a period of five years.",
            ],
        ),
        ("Denmark {6}", ["Denmark recognizes the competence of the Committee under article 22."]),
        ("France", ["France will recognize the competence of the Committee at a later day."]),
        ("Germany {10}", []),
        (
            "Russian Federation",
            ["> 1 October 1991", "It recognizes the competence of the Committee under articles 21 and 22."],
        ),
        (
            "Sweden",
            ["Sweden recognizes that the Committee may read letters on behalf of persons and by another State."],
        ),
    ],
    notes={
        "1": ["A note about the printing of the page, worded for the test."],
        "2": ["The act was done on behalf of the Republic of China."],
        "3": [
            "The German Democratic Republic had signed and ratified the Convention on 7 March 1986 and 9 August 1987 with a reservation.",
            "The German Democratic Republic does not recognize article 20, says this note in the words of the test.",
        ],
        "4": [
            "The former Yugoslavia had signed and ratified the Convention on 18 May 1989 and 10 October 1991, says this note."
        ],
        "5": [
            "On 8 May 1992, the Government of Denmark withdrew its earlier reservation on article 9, made upon ratification."
        ],
        "6": ["Previous declarations received 5 May 1990 and 5 May 1993, and expired on 5 May 1993 and 5 May 1996."],
        "7": [
            "The Government of Malta informed the writer of this note of a decision to withdraw what it had reserved."
        ],
        "8": ["What article 20 says of the inquiry is not repeated in this note."],
        "9": [
            "On 2 April 2018, the Government of Afghanistan withdrew its earlier reservation on article 20, made upon ratification."
        ],
        "10": [
            "On 19 October 2001, the Government of Germany made a declaration: Germany recognizes the competence of the Committee under article 22."
        ],
    },
)

_ICCPR = StatusPage(
    file="iccpr",
    title="4. International Covenant on Civil and Political Rights",
    concluded="Example City, 15 December 1966",
    in_force="21 April 1977, in accordance with article 49.",
    remark=_OPENED.format("18 December 1966"),
    rows=[
        ("Algeria", "11 Dec 1969", "12 Sep 1990"),
        ("Czech Republic {2}", "", "22 Feb 1994 d"),
        ("Democratic People's Republic of Korea {3}", "", "14 Sep 1982 a"),
        ("El Salvador", "21 Sep 1968", "30 Nov 1980"),
        ("India", "", "10 Apr 1980 a"),
        ("Netherlands (Kingdom of the)", "26 Jun 1969", "11 Dec 1979"),
        ("Sweden", "30 Sep 1968", "6 Dec 1972"),
        ("United Kingdom of Great Britain and Northern Ireland", "17 Sep 1969", "20 May 1977"),
        ("Yemen {4}", "", "9 Feb 1985 a"),
    ],
    statements=[
        ("India", ["[See chapter IV.3.]"]),
        ("Sweden", ["_Reservation:_", "Sweden makes a reservation to article 20, paragraph 1."]),
        (
            "Yemen {4}",
            ["The accession of Yemen does not mean more than it says, declares its Government of article 5."],
        ),
    ],
    objections=[("Netherlands (Kingdom of the)", ["[See under Objections in chapter IV.3.]"])],
    declarations=[
        (
            "Netherlands (Kingdom of the)",
            ["The Kingdom of the Netherlands recognizes the competence of the Committee under article 41."],
        ),
        ("Sweden", ["> 26 November 1973", "Sweden recognizes that the Committee may hear States."]),
    ],
    notifications=[
        (
            "Algeria",
            [
                "> 19 May 1991",
                "(Dated 18 May 1991)",
                "Proclamation of a state of siege in all the country. Derogation from articles 4, 7, 9 and 12 of the Covenant.",
                "> 5 October 1991",
                "Termination of the state of siege.",
            ],
        ),
        (
            "El Salvador",
            [
                "By a notification dated 14 November 1984 the Government extended the derogation from article 12 of the Covenant."
            ],
        ),
        (
            "United Kingdom of Great Britain and Northern Ireland",
            ["[Historical Information: another page keeps these notifications.]"],
        ),
        ("", ["Yugoslavia {5}"]),
    ],
    territories=[("Netherlands (Kingdom of the) {6}", "11 Dec 1979", "Netherlands Antilles")],
    notes={
        "2": [
            "Czechoslovakia had signed and ratified the Covenant on 7 October 1969 and 23 December 1976, says this note."
        ],
        "3": [
            "On 25 August 1996, the Secretary-General received from the Government of the Democratic People's Republic of Korea a notification of withdrawal from the Covenant, which does not contain a withdrawal provision."
        ],
        "4": ["The formality was effected by Democratic Yemen, says this note."],
        "5": [
            "The notices of the former state follow.",
            "17 April 1990 (Dated 14 April 1990)",
            "Derogation from articles 12 and 21 of the Covenant in one province.",
        ],
        "6": ["A note about territories."],
    },
)

_ICESCR = StatusPage(
    file="icescr",
    title="3. International Covenant on Economic, Social and Cultural Rights",
    concluded="Example City, 15 December 1966",
    in_force="4 February 1977, in accordance with article 27.",
    remark=_OPENED.format("18 December 1966"),
    rows=[
        ("Cambodia {1}", "19 Oct 1981", "27 May 1993 a"),
        ("India", "", "10 Apr 1980 a"),
        ("Netherlands (Kingdom of the)", "26 Jun 1970", "11 Dec 1979"),
        ("Yemen {2}", "", "9 Feb 1985 a"),
    ],
    statements=[
        (
            "India",
            [
                "_Declarations:_",
                "The Government of India declares that it reads article 1 in its own way, and that article 7 is an aim.",
            ],
        )
    ],
    objections=[
        (
            "Netherlands (Kingdom of the)",
            [
                "> 12 January 1981",
                "We object to the declaration of India on article 1, writes the Government.",
            ],
        )
    ],
    notes={
        "1": ["The signature was affixed by Democratic Kampuchea, says this note."],
        "2": ["The formality was effected by the Yemen Arab Republic, says this note."],
    },
)

_OP1 = StatusPage(
    file="iccpr_op1",
    title="5. Optional Protocol to the International Covenant on Civil and Political Rights",
    concluded="Example City, 15 December 1966",
    in_force="24 April 1977, in accordance with article 9.",
    remark=_OPENED.format("18 December 1966"),
    rows=[
        ("[Jamaica] {1}", "[18 Dec 1968]", "[ 3 Oct 1976]"),
        ("Sweden", "30 Sep 1968", "6 Dec 1972"),
        ("[Trinidad and Tobago] {2}", "", "[14 Nov 1981 a]"),
        ("Russian Federation", "", "2 Nov 1991 a"),
    ],
    statements=[("Sweden", ["_Reservation:_", "Sweden reserves its right as to article 5, paragraph 2."])],
    notes={
        "1": ["On 23 October 1996, the Government of Jamaica informed the world that it would denounce the Protocol."],
        "2": [
            "The Government of Trinidad and Tobago had initially acceded to the Protocol on 14 November 1981. On 26 May 1997, the Government of Trinidad and Tobago informed the world that it would denounce the Protocol with effect from 26 August 1997. On 26 August 1997, the Government of Trinidad and Tobago re-acceded to the Protocol with a reservation. On 27 March 1999, the Government of Trinidad and Tobago informed the world that it would denounce the Protocol anew with effect from 27 June 1999."
        ],
    },
)

_CAT_OP = StatusPage(
    file="cat_op",
    title="9. b Optional Protocol to the Convention against Torture and Other Cruel, Inhuman or Degrading Treatment or Punishment",
    concluded="Example City, 18 December 2003",
    in_force="22 June 2007, in accordance with article 28 (1).",
    remark="The Protocol was adopted by a resolution of 17 December 2003 and is open for signature from 4 February 2004.",
    rows=[
        ("Austria", "25 Sep 2004", "5 Jan 2013"),
        ("Germany", "21 Sep 2005", "5 Dec 2009"),
        ("Kazakhstan", "26 Sep 2006", "23 Oct 2009"),
        ("Sweden", "26 Jun 2004", "15 Sep 2006"),
    ],
    statements=[
        ("Austria", ["Austria postpones its answer and speaks only of article 24, it declares."]),
        ("Germany", ["Germany declares that it postpones what part IV asks of it for three years under article 24."]),
        (
            "Kazakhstan",
            ["> 9 March 2011", "_Declaration:_", "Kazakhstan declares under article 24 that it postpones part IV."],
        ),
    ],
)

PAGES = (
    _plain("cerd", "2. International Convention on the Elimination of All Forms of Racial Discrimination", 1966),
    _ICESCR,
    _ICCPR,
    _plain("cedaw", "8. Convention on the Elimination of All Forms of Discrimination against Women", 1980),
    _CAT,
    _plain("crc", "11. Convention on the Rights of the Child", 1990),
    _plain(
        "cmw",
        "13. International Convention on the Protection of the Rights of All Migrant Workers and Members of their Families",
        1991,
    ),
    _plain("crpd", "15. Convention on the Rights of Persons with Disabilities", 2008),
    _plain("ced", "16. International Convention for the Protection of All Persons from Enforced Disappearance", 2008),
    _OP1,
    _plain(
        "iccpr_op2",
        "12. Second Optional Protocol to the International Covenant on Civil and Political Rights, aiming at the abolition of the death penalty",
        1991,
        "Protocol",
    ),
    _plain(
        "icescr_op",
        "3. a Optional Protocol to the International Covenant on Economic, Social and Cultural Rights",
        2010,
        "Protocol",
    ),
    _plain(
        "cedaw_op",
        "8. b Optional Protocol to the Convention on the Elimination of All Forms of Discrimination against Women",
        2001,
        "Protocol",
    ),
    _CAT_OP,
    _plain(
        "crc_op_ac",
        "11. b Optional Protocol to the Convention on the Rights of the Child on the involvement of children in armed conflict",
        2001,
        "Protocol",
    ),
    _plain(
        "crc_op_sc",
        "11. c Optional Protocol to the Convention on the Rights of the Child on the sale of children, child prostitution and child pornography",
        2001,
        "Protocol",
    ),
    _plain(
        "crc_op_ic",
        "11. d Optional Protocol to the Convention on the Rights of the Child on a communications procedure",
        2012,
        "Protocol",
    ),
    _plain(
        "crpd_op",
        "15. a Optional Protocol to the Convention on the Rights of Persons with Disabilities",
        2008,
        "Protocol",
    ),
)
