/** The post-mortem: drafted from the log, edited together, reviewed, published, printed. */
export { actionTerms, proposedActions, type ActionTerms } from './action-items.ts';
export { blameMarks, type BlameMark } from './blameless.ts';
export { findLacks, type Lack } from './completeness.ts';
export { draftPostmortem, type PostmortemDraft } from './draft.ts';
export { ACTION_STATUS_WORDS, markdownOf, toMarkdown } from './markdown.ts';
export type { DraftMeta, Finding } from './meta.ts';
export { openSuggestions, suggestFactors, systemicFactors } from './systemic-factors.ts';
export { foldActions } from './tracked-actions.ts';
export { compareWithTruth, type Comparison } from './truth-comparison.ts';
export { categorise } from './whys.ts';
