import { z } from 'zod';
import { SEVERITIES } from '../../incident/severity.ts';

export const analyticsSettingsSchema = z.strictObject({
	repeatWindowDays: z.number().min(1).max(3650),
	postmortemDue: z.array(z.enum(SEVERITIES)).max(4),
	cost: z.strictObject({
		currency: z.string().regex(/^[A-Z]{3}$/),
		perMinute: z.number().min(0).max(1e9),
		perStaffHour: z.number().min(0).max(1e6),
		staff: z.number().int().min(0).max(1e7),
		assumed: z.boolean()
	}),
	teamsShown: z.boolean()
});

/** What may be said about an incident afterwards; null takes a field back. */
export const classificationSchema = z.strictObject({
	causeClass: z.string().trim().max(80).nullable().optional(),
	services: z.array(z.string().trim().min(1).max(80)).max(50).nullable().optional(),
	team: z.string().trim().max(60).nullable().optional()
});
