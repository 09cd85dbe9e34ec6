"""Graphs as files that other tools open: GraphML, GEXF, dot, JSON and CSV."""
