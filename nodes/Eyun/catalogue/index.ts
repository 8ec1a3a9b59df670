import { account } from './account';
import { channel } from './channel';
import { contact } from './contact';
import { favorite } from './favorite';
import { group } from './group';
import { incomingMessage } from './incomingMessage';
import { label } from './label';
import { login } from './login';
import { message } from './message';
import { moment } from './moment';
import type { Operation, Resource } from './types';
import { utility } from './utility';

/** All operations, in the order of the vendor's modules as users meet them. */
export const catalogue: readonly Resource[] = [
	message,
	incomingMessage,
	contact,
	group,
	label,
	moment,
	channel,
	favorite,
	login,
	account,
	utility,
];

/**
 * Looks an operation up.
 *
 * @param resource value of n8n's `resource` parameter
 * @param operation value of n8n's `operation` parameter
 * @returns its declaration, or undefined when there is none
 */
export function findOperation(resource: string, operation: string): Operation | undefined {
	return catalogue
		.find(({ value }) => value === resource)
		?.operations.find(({ value }) => value === operation);
}
