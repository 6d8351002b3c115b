"""Measured parts of pages in docs/, each between two comments with its name."""
import re


def fill(page, name, text):
    """Puts the text between <!-- name --> and <!-- /name --> of a page."""
    page.write_text(re.sub(rf"(?s)(<!-- {name} -->\n).*?(<!-- /{name} -->)", lambda found: f"{found[1]}{text}\n{found[2]}", page.read_text()))
