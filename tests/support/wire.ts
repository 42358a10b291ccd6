// Everything that a server sends to one browser, as bytes: what people receive is judged by this and not by what a client makes
// of it.

import type { Socket } from 'socket.io-client';
import type { IncidentSocket } from './test-muster.ts';

export class Wire {
	readonly packets: string[] = [];

	/** Listens to a socket from before it connects. Binary parts are kept as text in hexadecimal and as latin1. */
	listen(socket: Socket | IncidentSocket): this {
		const take = () =>
			socket.io.engine.on('packet', ({ data }: { data?: unknown }) => {
				if (typeof data === 'string') this.packets.push(data);
				else if (data instanceof ArrayBuffer || ArrayBuffer.isView(data)) {
					const bytes = Buffer.from(
						data instanceof ArrayBuffer
							? new Uint8Array(data)
							: new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
					);
					this.packets.push(`${bytes.toString('hex')} ${bytes.toString('latin1')}`);
				}
			});
		if (socket.io.engine) take();
		else socket.io.once('open', take);
		return this;
	}

	get text(): string {
		return this.packets.join('\n');
	}
}
