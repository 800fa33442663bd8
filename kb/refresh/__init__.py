"""Keeping the graph current: fetch, accept or reject, compare, publish, remember.

One run reads every source that is due (:mod:`kb.refresh.run`). What it found is remembered in one record per run
(:mod:`kb.refresh.record.history`), whose appearance under its name is the one step that makes a run count: whatever a kill or a
full disk leaves half done before that step has no record, and the next run clears it away and does it again.
"""
