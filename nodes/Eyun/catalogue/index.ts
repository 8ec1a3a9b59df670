import { accountResource } from './account';
import { channelResource } from './channel';
import { contactResource } from './contact';
import { favoriteResource } from './favorite';
import { groupResource } from './group';
import { incomingMessageResource } from './incomingMessage';
import { labelResource } from './label';
import { loginResource } from './login';
import { messageResource } from './message';
import { momentResource } from './moment';
import type { Operation, Resource } from './types';
import { utilityResource } from './utility';

/** All operations, in the order of the vendor's modules as users meet them. */
export const catalogue: readonly Resource[] = [
	messageResource,
	incomingMessageResource,
	contactResource,
	groupResource,
	labelResource,
	momentResource,
	channelResource,
	favoriteResource,
	loginResource,
	accountResource,
	utilityResource,
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

/**
 * The operation of the catalogue that a compound one makes use of.
 *
 * @throws Error when there is none: a mistake in this package
 */
export function operationOf(resource: string, value: string): Operation {
	const operation = findOperation(resource, value);
	if (!operation) throw new Error(`The catalogue has no ${value} in ${resource}`);
	return operation;
}
