import { chromium } from '@playwright/test';
import { startServer } from './support/server.ts';
const server = await startServer({ env: { ADMIN_SECRET: 'correct-horse-battery' } });
const b = await chromium.launch({ executablePath: '/usr/bin/chromium' });
const page = await (await b.newContext({ baseURL: server.url })).newPage();
page.on('console', m => console.log('console', m.type(), m.text().slice(0,300)));
page.on('pageerror', e => console.log('pageerror', e.message.slice(0,300)));
page.on('response', r => { if (r.status()>=400) console.log(r.status(), r.url()); });
try {
console.time('goto'); await page.goto('/'); console.timeEnd('goto');
await page.getByRole('button', { name: /^Start: First page/ }).click();
console.time('dialog');
await page.getByRole('dialog').getByLabel('Your name').fill('x', { timeout: 20000 });
console.timeEnd('dialog');
} catch (e) { console.log(String(e).slice(0,300)); }
finally { await b.close(); await server.stop(); server.discard(); console.log(server.log().slice(-800)); }
