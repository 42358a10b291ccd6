// What the editor completes with.
export { jsonSchemas } from '../../scenario/json-schema.schema.ts';
