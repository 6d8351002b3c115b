class Plateau:
    """Falls when the metric has not improved for longer than the patience."""

    def __init__(self, metric, factor, patience, threshold, minimum):
        self.is_loss, self.factor, self.patience = metric == "validation_loss", factor, patience
        self.threshold, self.minimum = threshold, minimum
        self.best, self.waited, self.value = None, 0, 1.0

    def epoch_ended(self, loss, accuracy):
        value = loss if self.is_loss else accuracy
        limit = None if self.best is None else self.best * (1 - self.threshold if self.is_loss else 1 + self.threshold)
        if limit is None or (value < limit if self.is_loss else value > limit):
            self.best, self.waited = value, 0
        elif self.waited + 1 > self.patience:
            self.waited, self.value = 0, max(self.minimum, self.value * self.factor)
        else:
            self.waited += 1
