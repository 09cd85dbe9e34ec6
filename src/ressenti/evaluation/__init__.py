"""How good an annotation is: scores, intervals, agreement of two annotators, errors by kind and rule."""
