import type { Operation } from '../../catalogue/types';
import type { VendorCall } from '../../transport/types';
import { secretsIn } from '../values/body';

/** What of an operation's declaration decides how it is called. */
export type Callable = Pick<Operation, 'path' | 'fields'> &
	Partial<
		Pick<Operation, 'reads' | 'sends' | 'timeout' | 'whenOffline' | 'anonymous' | 'alsoSuccess'>
	>;

/**
 * The call to an operation's endpoint, in the one place that reads its effect, its time limit and
 * its kinds of success from the catalogue.
 *
 * @param operation what to do
 * @param body the request, as `buildBody` made it
 * @param itemIndex the input item it is for, counted from 0
 * @param special what is special about this call; a member that is there counts, even as undefined
 */
export function toCall(
	operation: Callable,
	body: Record<string, unknown>,
	itemIndex: number,
	special: Partial<
		Pick<VendorCall, 'path' | 'reads' | 'sends' | 'beforeSend' | 'timeoutMs' | 'secrets'>
	> = {},
): VendorCall {
	const { path, fields, timeout, alsoSuccess } = operation;
	return {
		path,
		body,
		reads: operation.reads === true,
		sends: operation.sends === true,
		timeoutMs: timeout === undefined ? undefined : timeout * 1_000,
		whenOffline: operation.whenOffline,
		authenticated: !operation.anonymous,
		alsoSuccess: alsoSuccess && [alsoSuccess.code],
		secrets: secretsIn(fields, body),
		itemIndex,
		...special,
	};
}
