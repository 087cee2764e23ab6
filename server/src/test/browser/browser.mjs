// A browser, and pages of it that tell what went wrong in them.

import { chromium } from 'playwright-core';

export const launch = () =>
  chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });

/// A page on the console. `troubles` gets errors of scripts, of the console and of the policy, and
/// requests that go elsewhere.
export async function openPage(browser, origin, hash = '', options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  const troubles = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') {
      troubles.push(`console: ${message.text()}`);
    }
  });
  page.on('pageerror', (error) => troubles.push(`script: ${error.message}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(`${origin}/`)) {
      troubles.push(`elsewhere: ${request.url()}`);
    }
  });
  page.setDefaultTimeout(30_000);
  await page.goto(`${origin}/${hash}`);
  await page.locator('nav a').first().waitFor();
  return { page, troubles, close: () => context.close() };
}

/// Texts whose colour is too near to what is behind them (WCAG AA), controls without a name.
export function flaws() {
  const luminance = ([r, g, b]) => {
    const part = (c) => (c / 255 <= 0.03928 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  };
  const pen = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = (color) => {
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = color;
    pen.fillRect(0, 0, 1, 1);
    return pen.getImageData(0, 0, 1, 1).data;
  };
  const ground = (element) => {
    for (let at = element; at !== null; at = at.parentElement) {
      const color = rgba(getComputedStyle(at).backgroundColor);
      if (color[3] > 250) {
        return color;
      }
    }
    return [255, 255, 255];
  };
  const found = [];
  for (const element of document.querySelectorAll('body *')) {
    const isText = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '');
    if (!isText || !element.checkVisibility() || element.matches('.unseen, .skip, noscript, option, :disabled')) {
      continue;
    }
    const [a, b] = [luminance(rgba(getComputedStyle(element).color)), luminance(ground(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) {
      found.push(`contrast ${ratio.toFixed(2)}: ${element.textContent.slice(0, 40)}`);
    }
  }
  for (const control of document.querySelectorAll('button, input, select, textarea, [role="region"]')) {
    const name = control.getAttribute('aria-label') || control.textContent.trim() || [...(control.labels ?? [])].map((l) => l.textContent).join('');
    if (control.checkVisibility() && name === '') {
      found.push(`no name: ${control.outerHTML.slice(0, 80)}`);
    }
  }
  return found;
}
