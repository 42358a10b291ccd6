/** Branded ids: a string that names one kind of thing. Ids inside an incident are short and counted per kind (`a1`, `t3`). */
export type Id<Kind extends string> = string & { readonly __kind?: Kind };

export type IncidentId = Id<'incident'>;
export type ParticipantId = Id<'participant'>;
export type AlertId = Id<'alert'>;
export type EvidenceId = Id<'evidence'>;
export type HypothesisId = Id<'hypothesis'>;
export type TaskId = Id<'task'>;
export type MessageId = Id<'message'>;
export type QuestionId = Id<'question'>;
export type HandoffId = Id<'handoff'>;
