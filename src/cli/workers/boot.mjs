// First file of a worker of the command: teaches its thread TypeScript, then hands over to the work named in its data.
import { workerData } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

register({ tsconfig: false });
await import(workerData.work);
