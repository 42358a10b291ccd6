/** What an imported record may tell, and the names that other tools give it. */

export interface Field<Id extends string = string> {
	id: Id;
	name: string;
	hint: string;
	/** Other names of the column, in lower case, letters and digits alone. */
	synonyms: readonly string[];
	/** Which kind of value it holds, for the preview and for looking at dates. */
	kind: 'text' | 'time' | 'choice';
}

const field = <const Id extends string>(
	id: Id,
	kind: Field['kind'],
	name: string,
	hint: string,
	synonyms: readonly string[]
): Field<Id> => ({ id, kind, name, hint, synonyms });

// prettier-ignore
export const INCIDENT_FIELDS = [
	field('id', 'text', 'Id', 'what the other tool calls it; needed',
		['incidentid', 'key', 'issuekey', 'number', 'incidentnumber', 'incident', 'ref', 'reference', 'ticket', 'ticketid', 'caseid']),
	field('title', 'text', 'Title', 'what was wrong, in a few words',
		['name', 'summary', 'shortdescription', 'subject', 'headline', 'incidenttitle', 'incidentname']),
	field('description', 'text', 'Description', 'what is known besides',
		['details', 'body', 'notes', 'longdescription', 'impactdescription']),
	field('severity', 'choice', 'Severity', 'P1 to P4, SEV1 to SEV4, critical to low',
		['sev', 'priority', 'prio', 'urgency', 'level', 'impact', 'severitylevel', 'incidentseverity', 'p']),
	field('created_at', 'time', 'Created', 'when it was opened or declared',
		['created', 'opened', 'openedat', 'opentime', 'declared', 'declaredat', 'reported', 'reportedat', 'createdon', 'creationdate', 'createddate', 'triggeredat', 'triggered', 'date', 'start', 'started', 'startedat', 'incidentstart']),
	field('impact_started_at', 'time', 'Impact started', 'when customers began to suffer',
		['impactstart', 'impactstarted', 'impactstarttime', 'impactbegan', 'outagestart', 'faultstart', 'customerimpactstart', 'starttime', 'beganat', 'occurredat', 'occurred']),
	field('detected_at', 'time', 'Detected', 'when it was noticed first',
		['detected', 'detection', 'detectiontime', 'detectedon', 'noticed', 'noticedat', 'alertedat', 'alertedon', 'alerttime', 'firstalert']),
	field('detected_by', 'choice', 'Detected by', 'alert, staff or customer',
		['detectedby', 'detectionsource', 'detectionmethod', 'source', 'reportedby', 'reporter', 'foundby', 'howdetected', 'channel', 'identifiedby']),
	field('acknowledged_at', 'time', 'Acknowledged', 'when somebody took it on',
		['acknowledged', 'acked', 'ackedat', 'ack', 'acktime', 'acknowledgedon', 'responded', 'respondedat', 'firstresponse', 'responsetime', 'assignedat']),
	field('mitigated_at', 'time', 'Mitigated', 'when customers were served again',
		['mitigated', 'mitigation', 'mitigationtime', 'restored', 'restoredat', 'impactend', 'impactended', 'impactendedat', 'recovered', 'recoveredat', 'fixedat', 'servicerestored', 'stabilized']),
	field('resolved_at', 'time', 'Resolved', 'when it was over; empty while it is not',
		['resolved', 'resolution', 'resolutiontime', 'resolvedon', 'resolutiondate', 'closed', 'closedat', 'closedon', 'end', 'ended', 'endedat', 'endtime', 'completedat', 'finished']),
	field('services', 'text', 'Services', 'what was affected; several apart by a semicolon',
		['service', 'component', 'components', 'system', 'systems', 'affectedservices', 'affectedservice', 'affectedcomponents', 'product', 'application', 'app', 'cmdbci', 'configurationitem']),
	field('cause', 'text', 'Cause', 'its cause or class of cause',
		['rootcause', 'causecategory', 'rootcausecategory', 'causeclass', 'failureclass', 'category', 'trigger', 'causecode', 'classification']),
	field('escalated', 'choice', 'Escalated', 'yes or no, or when',
		['escalation', 'wasescalated', 'isescalated', 'escalatedat', 'escalatedto', 'escalationlevel']),
	field('postmortem_state', 'choice', 'Post-mortem', 'none, draft, published or not due',
		['postmortem', 'postmortemstatus', 'pm', 'pmstate', 'pmstatus', 'rca', 'rcastate', 'rcastatus', 'retro', 'retrospective', 'retrospectivestatus', 'review', 'pir', 'pirstatus']),
	field('postmortem_published_at', 'time', 'Post-mortem published', 'when it was published',
		['postmortemdate', 'postmortempublished', 'publishedat', 'rcapublished', 'rcadate', 'reviewdate', 'retrospectivedate'])
] as const;
export type IncidentField = (typeof INCIDENT_FIELDS)[number]['id'];

// prettier-ignore
export const EVENT_FIELDS = [
	field('incident', 'text', 'Incident', 'id of the incident it belongs to; needed',
		['incidentid', 'incidentkey', 'key', 'issuekey', 'number', 'ticket', 'ticketid', 'caseid', 'parent', 'sourceid']),
	field('event_id', 'text', 'Event id', 'what the other tool calls it',
		['id', 'eventid', 'entryid', 'uuid', 'messageid']),
	field('at', 'time', 'Time', 'when it happened; needed',
		['occurredat', 'time', 'timestamp', 'date', 'datetime', 'when', 'createdat', 'created', 'ts', 'happenedat']),
	field('type', 'choice', 'Type', 'note, message, decision, change, alert, acknowledged, declared, severity, status, …; needed',
		['kind', 'event', 'eventtype', 'action', 'entrytype', 'category', 'what']),
	field('text', 'text', 'Text', 'what was said or done',
		['message', 'description', 'body', 'note', 'summary', 'title', 'content', 'details', 'comment', 'name']),
	field('value', 'text', 'Value', 'the new severity or status, where the event brings one',
		['to', 'newvalue', 'severity', 'status', 'state', 'level', 'share']),
	field('service', 'text', 'Service', 'which service it concerns',
		['services', 'component', 'system', 'application']),
	field('by', 'text', 'By', 'who said or did it',
		['author', 'user', 'actor', 'who', 'person', 'createdby', 'from'])
] as const;
export type EventField = (typeof EVENT_FIELDS)[number]['id'];

export const KINDS = ['incidents', 'events'] as const;
export type Kind = (typeof KINDS)[number];

export function fieldsOf(kind: Kind): readonly Field[] {
	return kind === 'incidents' ? INCIDENT_FIELDS : EVENT_FIELDS;
}
