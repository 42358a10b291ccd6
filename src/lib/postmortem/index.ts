/** The post-mortem: drafted from the log, edited together, printed as Markdown. */
export { ACTION_TERMS } from './action-items.ts';
export { draftPostmortem, type PostmortemDraft } from './draft.ts';
export { ACTION_STATUS_WORDS, markdownOf, toMarkdown } from './markdown.ts';
export type { DraftMeta, Finding } from './meta.ts';
export { systemicFactors } from './systemic-factors.ts';
export { categorise } from './whys.ts';
