/** A runner for checks that build on each other, in order, against one running n8n. */
import { seconds } from '../../scripts/lib/progress.cts';

export class Checks {
	private passed = 0;

	private failed = 0;

	private skipped = 0;

	/** Prints that this n8n cannot do what a check is about, and counts it as skipped. */
	skip(name: string, reason: string): void {
		this.skipped++;
		console.log(`skip  ${name}: ${reason}`);
	}

	/** Runs one check, prints one line about it, and counts it. Gives back whether it passed. */
	async run(name: string, check: () => Promise<void>): Promise<boolean> {
		const passed = await this.make(name, async () => {
			await check();
			return true;
		});
		return passed ?? false;
	}

	/** The same for a check that makes something; gives that back, or undefined when the check failed. */
	async make<Made>(name: string, make: () => Promise<Made>): Promise<Made | undefined> {
		const begin = Date.now();
		try {
			const made = await make();
			this.passed++;
			console.log(`ok    ${name} (${seconds(Date.now() - begin)})`);
			return made;
		} catch (error) {
			this.failed++;
			console.log(`FAIL  ${name} (${seconds(Date.now() - begin)})`);
			console.log(
				indented(error instanceof Error ? (error.stack ?? error.message) : String(error)),
			);
			return undefined;
		}
	}

	get allPassed(): boolean {
		return this.failed === 0 && this.passed > 0;
	}

	/** How many were skipped; empty when none was. */
	get omissions(): string {
		return this.skipped === 0 ? '' : `${this.skipped} skipped: this n8n cannot do that`;
	}

	/** `N passed, N failed` */
	get summary(): string {
		return `${this.passed} passed, ${this.failed} failed`;
	}
}

function indented(text: string): string {
	return text.replace(/^/gm, '      ');
}
