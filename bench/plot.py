"""Charts as SVG for docs/: two axes with labelled ticks, lines and points."""
import math


class Plot:
    """A chart; coordinates of the data are scaled by the axes. Write the result of svg() to a file."""

    LEFT, TOP, WIDTH, HEIGHT = 62, 16, 720, 380

    def __init__(self, x_label, y_label, x, y, log_x=False, log_y=False):
        self.x, self.y, self.log_x, self.log_y, self.parts, self.entries = x, y, log_x, log_y, [], []
        self.labels = x_label, y_label

    def at(self, x, y):
        across, up = (part(value, ends, log) for part, value, ends, log in ((share, x, self.x, self.log_x), (share, y, self.y, self.log_y)))
        return self.LEFT + across * (self.WIDTH - self.LEFT - 16), self.TOP + (1 - up) * (self.HEIGHT - self.TOP - 48)

    def line(self, points, color, name):
        path = " ".join(f"{'M' if not index else 'L'}{x:.1f},{y:.1f}" for index, (x, y) in enumerate(self.at(*point) for point in points))
        self.parts.append(f'<path d="{path}" fill="none" stroke="{color}" stroke-width="2"/>')
        self.entries.append((color, name))

    def steps(self, points, color, name):
        """A line whose values hold until the next point."""
        corners, last = [], None
        for x, y in points:
            if last is not None and y != last:
                corners.append((x, last))
            corners.append((x, y))
            last = y
        self.line(corners, color, name)

    def points(self, points, color, name=None, labels=None):
        for index, (x, y) in enumerate(points):
            left, top = self.at(x, y)
            self.parts.append(f'<circle cx="{left:.1f}" cy="{top:.1f}" r="3.2" fill="{color}" fill-opacity="0.6"/>')
            if labels:
                self.parts.append(f'<text x="{left + 6:.1f}" y="{top + 4:.1f}" font-size="10">{labels[index]}</text>')
        if name:
            self.entries.append((color, name))

    def svg(self, x_ticks, y_ticks):
        text, (right, bottom) = [], (self.WIDTH - 16, self.HEIGHT - 48)
        for tick in y_ticks:
            _, top = self.at(self.x[0], tick)
            text.append(f'<line x1="{self.LEFT}" y1="{top:.1f}" x2="{right}" y2="{top:.1f}" stroke="#e3e6ea"/>'
                        f'<text x="{self.LEFT - 8}" y="{top + 4:.1f}" text-anchor="end">{number(tick)}</text>')
        for tick in x_ticks:
            left, _ = self.at(tick, self.y[0])
            text.append(f'<line x1="{left:.1f}" y1="{bottom}" x2="{left:.1f}" y2="{bottom + 5}" stroke="#8a9099"/>'
                        f'<text x="{left:.1f}" y="{bottom + 20}" text-anchor="middle">{number(tick)}</text>')
        text.append(f'<text x="{(self.LEFT + right) / 2:.0f}" y="{self.HEIGHT - 8}" text-anchor="middle">{self.labels[0]}</text>')
        text.append(f'<text transform="translate(16 {(self.TOP + bottom) / 2:.0f}) rotate(-90)" text-anchor="middle">{self.labels[1]}</text>')
        legend = [f'<rect x="{right - 150}" y="{bottom - 18 * (len(self.entries) - index) - 8}" width="12" height="12" fill="{color}"/>'
                  f'<text x="{right - 132}" y="{bottom - 18 * (len(self.entries) - index) + 2}">{name}</text>' for index, (color, name) in enumerate(self.entries)]
        return "\n".join([
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.WIDTH} {self.HEIGHT}" font-family="system-ui, sans-serif" font-size="12" fill="#4a5058">',
            f'<rect width="{self.WIDTH}" height="{self.HEIGHT}" fill="#ffffff"/>', *text, *self.parts, *legend, "</svg>", ""])


def share(value, ends, log):
    scale = math.log10 if log else float
    low, high = (scale(end) for end in ends)
    return (scale(value) - low) / (high - low)


def number(tick):
    """As in 2500, 0.1, or 10 to the power of -6."""
    power = math.log10(tick) if tick > 0 else 0.5
    return f"10<tspan dy='-5' font-size='9'>{round(power)}</tspan>" if power == round(power) and power < -2 else f"{tick:g}"


def ticks(low, high, count=5):
    step = (high - low) / count
    magnitude = 10 ** math.floor(math.log10(step))
    step = next(factor * magnitude for factor in (1, 2, 5, 10) if factor * magnitude >= step)
    first = math.ceil(low / step - 1e-9)
    return [round(step * index, 10) for index in range(first, math.floor(high / step + 1e-9) + 1)]


def powers(low, high):
    """The powers of ten from low to high."""
    return [10.0 ** power for power in range(math.ceil(math.log10(low) - 1e-9), math.floor(math.log10(high) + 1e-9) + 1)]
