"""The explorer, on Streamlit.

How to add a page
-----------------
A page is one file in ``ui/pages``; it assigns a :class:`ui.view.page.Page` to ``PAGE`` and is found by itself::

    PAGE = Page(
        path="receptor-sites",              # its place in the URL
        title="Receptor sites",
        icon=":material/account_balance:",
        section="Look",                     # one of ui.view.page.SECTIONS
        order=60,                           # its place in the navigation
        answers="Where do receptor sites exist, since when, with which accreditation?",
        reading=READING,                    # Markdown of "How to read this": units, caveats, what a mark means
        draw=draw,
    )

    def draw(view: View) -> None:
        year = controls.year(view, 1990, 2025, 2025)             # kept in the URL as ?year=
        region = controls.region(view)                           # ... and ?region=
        sites = view.ask("receptor-sites", year=year)            # a catalogue query; no Cypher in pages
        figures.picture(view, _chart(sites), sites, title=..., alternative=...)
        figures.table(view, sites, title=..., query="receptor-sites")

The frame adds the rest: title, "How to read this", "Where this comes from" (formula, query with its parameters, sources,
all from the headers of the queries asked), the copyable link, the footer, the search box, the navigation, and what is
shown when something is wrong.

Rules of the house
------------------
- Data come from :meth:`ui.view.page.View.ask` only. The answer is cached by version of the graph and is the page's own copy.
  A page that moves through the years asks once for all years, filters in pandas, and tells with :meth:`ui.view.page.View.cite`
  which narrower question gives the rows it shows.
- Every selection is made with :mod:`ui.widgets.controls`: then it is in the URL, Back works, and an unknown value in the URL is
  answered with the nearest right one. A new kind of control is built on :meth:`ui.view.address.Address.bound`.
- Every picture is drawn with :func:`ui.charts.figures.picture`, every table with :func:`ui.charts.figures.table`: they add downloads.
  A title says what, how many (n) and in which unit; ``alternative`` says in words what the picture shows.
- Colours and shapes come from :mod:`ui.charts.palette`; set no background and no text colour, so that dark mode works.
- Uncertainty and missing values are drawn or said, never dropped in silence; old figures carry their year.
- Another page is linked with :meth:`ui.view.page.View.go`: ``view.go("state", "Mexico", state="MEX")``.
- Give charts ``width="container"`` and look at them at 390 pixels.
- No call to an outside host: no web fonts, tiles or remote images.
- What a visitor typed is written with :func:`ui.view.words.quote`.
- Errors of :mod:`kb.errors` may pass through ``draw``: the frame shows the problem and its remedy.

One file, one job
-----------------
``graph`` which version, cached answers · ``page`` what a page declares and gets · ``frame`` what stands around it ·
``address`` the URL · ``controls`` · ``figures`` pictures and tables · ``downloads`` · ``origin`` where this comes from ·
``finder`` the search box · ``palette`` colours · ``words`` how values are written · ``trouble`` errors and empty states.
"""
