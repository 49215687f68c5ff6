// Lighthouse, run on a page by the installed Chromium.

import { launch } from "chrome-launcher";
import lighthouse, { desktopConfig } from "lighthouse";
import { CHROMIUM, CHROMIUM_FLAGS } from "./site.mjs";

// Without settings of its own, Lighthouse plays a phone of the middle class on a slow network.
export const DEVICES = { desktop: desktopConfig, mobile: undefined };
// A phone is played by counting each task of the machine four times, which is meant for machines of this power and more
// (BenchmarkIndex; Lighthouse, docs/throttling.md).
const FULL_POWER = 1500;

/**
 * Rates a page in some categories: its scores by category, 0–100, how long scripts blocked it in ms, and what kept a score below 100, one
 * `category: audit` each; also the power of the machine, and how much slower the device was taken to be.
 */
export async function rate(url, device, categories, throttling) {
  const chrome = await launch({ chromePath: CHROMIUM, chromeFlags: [...CHROMIUM_FLAGS, "--headless=new"] });
  try {
    const { lhr } = await lighthouse(url, { port: chrome.port, logLevel: "error", onlyCategories: categories, ...(throttling && { throttling }) }, DEVICES[device]);
    if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
    const rated = Object.values(lhr.categories);
    return {
      scores: Object.fromEntries(rated.map(({ id, score }) => [id, Math.round(score * 100)])),
      throttling: lhr.configSettings.throttling,
      power: lhr.environment.benchmarkIndex,
      blocked: lhr.audits["total-blocking-time"].numericValue,
      shortfalls: rated.flatMap((category) => shortfallsOf(category, lhr.audits)),
    };
  } finally {
    chrome.kill();
  }
}

/** The audits that count in a category and did not get the full score, with the elements that Lighthouse points at. */
function shortfallsOf({ id, auditRefs }, audits) {
  const counted = auditRefs.filter(({ weight }) => weight > 0).map((ref) => audits[ref.id]);
  return counted.filter(({ score }) => score !== null && score < 1).map((audit) => {
    const said = [audit.title, audit.displayValue, audit.explanation, ...elementsOf(audit)].filter(Boolean);
    return `${id}: ${audit.id}, ${Math.round(audit.score * 100)}: ${said.join("; ")}`;
  });
}

function elementsOf({ details }) {
  return (details?.items ?? []).slice(0, 5).map(({ node, description }) => node?.selector ?? description).filter(Boolean);
}

/** How much slower a device is than the machine: a weak machine is as near to a phone as it is weak. */
export function throttlingFor(throttling, power) {
  return { ...throttling, cpuSlowdownMultiplier: Math.max(1, throttling.cpuSlowdownMultiplier * Math.min(1, power / FULL_POWER)) };
}
