// First file of the studio's thread: teaches it TypeScript, then hands over. The built server and development start it alike.
import { register } from 'tsx/esm/api';

register({ tsconfig: false });
await import('./worker.ts');
