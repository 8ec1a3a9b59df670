import { customRequest } from './customRequest';
import { downloadMedia } from './downloadMedia';
import { logInWithQrCode } from './logInWithQrCode';
import { mentionMembers } from './mentionMembers';
import { postVideoAndWait } from './postVideoAndWait';
import { sendAndWait } from './sendAndWait/operation';
import { waitForLogin } from './waitForLogin';
import type { CompoundOperation } from './types';

/** All compound operations, in the order of their resources. */
export const compounds: readonly CompoundOperation[] = [
	mentionMembers,
	sendAndWait,
	downloadMedia,
	postVideoAndWait,
	logInWithQrCode,
	waitForLogin,
	customRequest,
];

/** Resources that hold compound operations only. */
export const compoundResources: ReadonlyArray<{ value: string; name: string }> = [
	{ value: 'custom', name: 'Custom' },
];

/**
 * Looks a compound operation up.
 *
 * @param resource value of n8n's `resource` parameter
 * @param operation value of n8n's `operation` parameter
 */
export function findCompound(resource: string, operation: string): CompoundOperation | undefined {
	return compounds.find((entry) => entry.resource === resource && entry.value === operation);
}
