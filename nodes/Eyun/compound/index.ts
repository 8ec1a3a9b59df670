import type { CompoundOperation, Compounds } from '../execution/compoundOperation';
import { customRequest } from './customRequest';
import { downloadMedia } from './downloadMedia';
import { forwardMessage } from './forward/operation';
import { logInWithQrCode } from './logInWithQrCode';
import { mentionMembers } from './mentionMembers';
import { postVideoAndWait } from './postVideoAndWait';
import { replyToMessage } from './reply/operation';
import { sendAndWait } from './sendAndWait/operation';
import { waitForLogin } from './waitForLogin';

/** All compound operations, in the order of their resources. */
const operations: readonly CompoundOperation[] = [
	replyToMessage,
	forwardMessage,
	mentionMembers,
	sendAndWait,
	downloadMedia,
	postVideoAndWait,
	logInWithQrCode,
	waitForLogin,
	customRequest,
];

/** What the node file hands to the description and to the runner. */
export const compounds: Compounds = {
	operations,
	resources: [{ value: 'custom', name: 'Custom' }],
};
