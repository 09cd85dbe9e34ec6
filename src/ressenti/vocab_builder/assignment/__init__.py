"""Where a candidate goes in the tree: what is learnt from, the rule, the proposals, and a probe that tells how good the rule is."""
