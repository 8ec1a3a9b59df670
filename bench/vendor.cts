/** The bench's side of `vendor-process.cts`. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { VendorCalls } from './vendor-process.cts';

export class Vendor {
	private readonly ended: Promise<never>;

	private line: Promise<unknown>;

	private constructor(private readonly child: ChildProcess) {
		this.ended = once(child, 'exit').then(() => {
			throw new Error('The process with the simulator has ended');
		});
		// Its first message says that it is ready.
		this.line = this.message();
	}

	/** Starts the servers. Throws when they end instead of getting ready. */
	static async start(): Promise<Vendor> {
		const file = join(__dirname, 'vendor-process.cts');
		const child = fork(file, { execArgv: ['-r', 'tsx/cjs'], stdio: 'inherit' });
		const vendor = new Vendor(child);
		await vendor.line;
		return vendor;
	}

	/** Asks the process to do one of `VendorCalls`; one question after the other. */
	async ask<Name extends keyof VendorCalls>(
		name: Name,
		...input: Parameters<VendorCalls[Name]>
	): Promise<ReturnType<VendorCalls[Name]>> {
		const answer = this.line.then(async () => {
			this.child.send([name, ...input]);
			return (await this.message()) as ReturnType<VendorCalls[Name]>;
		});
		this.line = answer;
		return await answer;
	}

	private async message(): Promise<unknown> {
		const [value] = (await Promise.race([once(this.child, 'message'), this.ended])) as unknown[];
		return value;
	}

	/** Ends the servers. */
	async stop(): Promise<void> {
		this.child.kill();
		await this.ended.catch(() => undefined);
	}
}
