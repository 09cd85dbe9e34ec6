"""A store of narratives on disk: loading it (``load``), opening it (``place``), answering over HTTP (``server``); see docs/store.md."""
