/** A person at n8n's editor: the page, the n8n behind it, and what goes wrong on the way. */
import type { Browser, Locator, Page } from 'playwright-core';
import type { Stack } from '../../scripts/lib/stack.cts';
import type { Checks } from '../frame/checks.cts';
import { newPerson, startBrowser } from './chromium.cts';
import type { Pictures, Place } from './pictures.cts';
import { Problems } from './problems.cts';

/** What the editor may take for one step on a busy machine. */
const STEP_MS = 20_000;

/** The folder-friendly form of a check's name. */
function fileName(name: string): string {
	return name.replace(/\W+/g, '-').toLowerCase();
}

export class Ui {
	readonly problems = new Problems();

	private constructor(
		private readonly checks: Checks,
		readonly stack: Stack,
		readonly pictures: Pictures,
		private readonly browser: Browser,
		readonly page: Page,
	) {}

	/** Starts a browser and signs in as n8n's owner. */
	static async open(checks: Checks, stack: Stack, pictures: Pictures): Promise<Ui> {
		const browser = await startBrowser();
		try {
			const page = await (await newPerson(browser)).newPage();
			page.setDefaultTimeout(STEP_MS);
			const ui = new Ui(checks, stack, pictures, browser, page);
			ui.problems.watch(page);
			await ui.signIn();
			return ui;
		} catch (error) {
			await browser.close();
			throw error;
		}
	}

	private async signIn(): Promise<void> {
		const { page, stack } = this;
		await page.goto(`${stack.n8n.url}/signin`);
		await page.fill('input[name=emailOrLdapLoginId]', stack.owner.email);
		await page.fill('input[name=password]', stack.owner.password);
		await page.getByRole('button', { name: 'Sign in' }).click();
		await this.untilHome();
	}

	/** Loads n8n's first page, whatever is open now. */
	async goHome(): Promise<void> {
		await this.load('/home/workflows');
		await this.untilHome();
	}

	private async untilHome(): Promise<void> {
		await this.page.getByTestId('project-name').waitFor();
		// Else what it loads would come in the way of the next page.
		await this.page.waitForLoadState('networkidle');
	}

	/**
	 * Runs one check. It fails, too, when the browser has reported a problem since the last one. A picture of the end of
	 * one that failed is in the folder of pictures.
	 */
	async check(name: string, check: () => Promise<void>): Promise<boolean> {
		return await this.checks.run(name, async () => {
			try {
				await check();
				this.problems.assertNone();
			} catch (error) {
				this.problems.forget();
				await this.picture(`failed-${fileName(name)}`).catch(() => undefined);
				throw error;
			}
		});
	}

	/** A picture for whoever looks at the run. */
	async picture(name: string, what: Page | Locator = this.page): Promise<void> {
		await this.pictures.take(name, what);
	}

	/** A picture that the documents show: all of it, or the part at a place of the page. */
	async documentPicture(
		name: string,
		what: Page | Locator = this.page,
		clip?: Place,
	): Promise<void> {
		const page = 'page' in what ? what.page() : what;
		await page.waitForFunction('[...document.images].every((image) => image.complete)');
		await this.pictures.takeForDocuments(name, what, clip);
	}

	/** Opens a page of n8n, as a link within n8n does: loading the editor anew takes seconds. */
	async goTo(path: string): Promise<void> {
		const inside = `history.pushState({}, '', ${JSON.stringify(path)});
			dispatchEvent(new PopStateEvent('popstate', { state: {} }));`;
		await this.page.evaluate(inside);
	}

	/** Loads a page of n8n anew, as its address in the browser does. */
	async load(path: string): Promise<void> {
		await this.page.goto(`${this.stack.n8n.url}${path}`, { waitUntil: 'commit' });
	}

	/** Ends the browser. */
	async close(): Promise<void> {
		await this.browser.close();
	}
}
