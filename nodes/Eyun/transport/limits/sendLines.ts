import { RecentKeys } from '../../common/recentKeys';
import type { Clock } from './clock';
import { SendLine } from './sendLine';

/** An account that has not sent for so long, among so many, starts anew. */
const MOST_ACCOUNTS = 1_000;

/** The lines of a developer account's WeChat accounts. */
export class SendLines {
	private readonly lines = new RecentKeys<SendLine>();

	/** @param clock the process's, unless a test brings its own */
	constructor(private readonly clock?: Clock) {}

	/**
	 * The line of an account.
	 *
	 * @param account its WeChat ID, or its instance ID where that is not known
	 */
	of(account: string): SendLine {
		const line = this.lines.get(account) ?? new SendLine(this.clock);
		this.lines.set(account, line, MOST_ACCOUNTS);
		return line;
	}
}
