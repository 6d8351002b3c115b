// Decides the contrast of texts that axe leaves open: where something overlaps, where the ground is a picture of shapes, where a text is one character. Takes their
// selectors and returns one line for each that is too faint: WCAG 2.2, 1.4.3, at least 4.5, and 3 for large text.
(selectors) => {
  const context = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', { willReadFrequently: true });

  // Any CSS color as [red, green, blue, alpha], each 0 to 1.
  const parse = (color) => {
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = color;
    context.fillRect(0, 0, 1, 1);
    return [...context.getImageData(0, 0, 1, 1).data].map((value) => value / 255);
  };
  const over = (top, below) => {
    const alpha = top[3] + below[3] * (1 - top[3]);
    return alpha === 0 ? [0, 0, 0, 0] : [0, 1, 2].map((i) => (top[i] * top[3] + below[i] * below[3] * (1 - top[3])) / alpha).concat(alpha);
  };
  const luminance = (color) =>
    [0.2126, 0.7152, 0.0722].reduce((sum, weight, i) => sum + weight * (color[i] <= 0.04045 ? color[i] / 12.92 : ((color[i] + 0.055) / 1.055) ** 2.4), 0);
  const isShape = (element) => element instanceof SVGGeometryElement;
  const isSvgText = (element) => element instanceof SVGElement;

  // What an element paints beneath what is in it or above it.
  const groundOf = (element) => {
    const style = getComputedStyle(element);
    const color = parse(isShape(element) ? (style.fill === 'none' ? 'transparent' : style.fill) : isSvgText(element) ? 'transparent' : style.backgroundColor);
    return [...color.slice(0, 3), color[3] * Number(isShape(element) ? style.fillOpacity : 1)];
  };

  // From the topmost: what lies under the middle of the text; where it is covered or clipped, its ancestors.
  const groundsUnder = (element) => {
    element.scrollIntoView({ block: 'center', inline: 'center' });
    const { left, top, width, height } = element.getBoundingClientRect();
    const pile = document.elementsFromPoint(left + width / 2, top + height / 2);
    const at = pile.indexOf(element);
    if (at >= 0) {
      return pile.slice(at);
    }
    const ancestors = [];
    for (let one = element; one !== null; one = one.parentElement) {
      ancestors.push(one);
    }
    return ancestors;
  };

  return selectors.flatMap((selector) => {
    const element = document.querySelector(selector);
    if (element === null || element.textContent.trim() === '' || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) {
      return [];
    }
    const style = getComputedStyle(element);
    let ground = [0, 0, 0, 0];
    for (const one of groundsUnder(element)) {
      ground = over(ground, groundOf(one));
      if (ground[3] > 0.999) {
        break;
      }
    }
    let ink = parse(isSvgText(element) ? style.fill : style.color);
    if (ink[3] === 0) {
      // Another element draws the text, in colors: the field of a spec.
      return [];
    }
    for (let one = element; one !== null; one = one.parentElement) {
      ink = [...ink.slice(0, 3), ink[3] * Number(getComputedStyle(one).opacity)];
    }
    const [a, b] = [luminance(over(ink, ground)), luminance(ground)].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    const size = Number.parseFloat(style.fontSize);
    const least = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
    return ratio >= least ? [] : [`contrast: ${ratio.toFixed(2)} of ${least} at ${selector}`];
  });
};
