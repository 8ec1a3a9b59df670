/** A runner for checks that build on each other, in order, against one running n8n. */
import { seconds } from '../../scripts/lib/progress.cts';

export class Checks {
	private passed = 0;

	private failed = 0;

	/** Runs one check, prints one line about it, and counts it. Gives back whether it passed. */
	async run(name: string, check: () => Promise<void>): Promise<boolean> {
		const begin = Date.now();
		try {
			await check();
			this.passed++;
			console.log(`ok    ${name} (${seconds(Date.now() - begin)})`);
			return true;
		} catch (error) {
			this.failed++;
			console.log(`FAIL  ${name} (${seconds(Date.now() - begin)})`);
			console.log(
				indented(error instanceof Error ? (error.stack ?? error.message) : String(error)),
			);
			return false;
		}
	}

	get allPassed(): boolean {
		return this.failed === 0 && this.passed > 0;
	}

	/** `N passed, N failed` */
	get summary(): string {
		return `${this.passed} passed, ${this.failed} failed`;
	}
}

function indented(text: string): string {
	return text.replace(/^/gm, '      ');
}
