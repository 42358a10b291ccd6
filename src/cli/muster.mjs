#!/usr/bin/env node
// The `muster` command. It works before any build: tsx teaches this process TypeScript, then main.ts takes over.
import { fileURLToPath } from 'node:url';
import { register } from 'tsx/esm/api';

register({ tsconfig: fileURLToPath(new URL('../../tsconfig.node.json', import.meta.url)) });
await import('./main.ts');
