import type { CompoundDescription, Compounds } from '../../description/compound';
import { customRequest } from './customRequest';
import { downloadMedia } from './downloadMedia';
import { forwardMessage } from './forward';
import { acceptAndGreet, addLabels, removeLabels } from './friends';
import { logInWithQrCode, waitForLogin } from './login';
import { mentionMembers } from './mentionMembers';
import { findContact, findGroup, findMember, getManyContacts, getManyGroups } from './people';
import { postVideoAndWait } from './postVideoAndWait';
import { replyToMessage } from './reply';
import { sendAndWait } from './sendAndWait';

/** All compound operations as the editor shows them, in the order of their resources. */
const operations: readonly CompoundDescription[] = [
	replyToMessage,
	forwardMessage,
	mentionMembers,
	sendAndWait,
	downloadMedia,
	getManyContacts,
	findContact,
	acceptAndGreet,
	addLabels,
	removeLabels,
	getManyGroups,
	findGroup,
	findMember,
	postVideoAndWait,
	logInWithQrCode,
	waitForLogin,
	customRequest,
];

/** What the node file hands to the description. What the operations do is in `compound/index.ts`. */
export const compounds: Compounds = {
	operations,
	resources: [{ value: 'custom', name: 'Custom', chinese: '自定义' }],
};
