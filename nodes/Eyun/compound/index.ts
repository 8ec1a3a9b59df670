import type { CompoundOperation, Compounds } from '../execution/compoundOperation';
import { customRequest } from './customRequest';
import { downloadMedia } from './downloadMedia';
import { forwardMessage } from './forward/operation';
import { logInWithQrCode } from './logInWithQrCode';
import { mentionMembers } from './mentionMembers';
import { acceptAndGreet } from './friends/acceptAndGreet';
import { addLabels } from './friends/addLabels';
import { findContact } from './people/findContact';
import { findGroup } from './people/findGroup';
import { findMember } from './people/findMember';
import { getManyContacts } from './people/getManyContacts';
import { getManyGroups } from './people/getManyGroups';
import { removeLabels } from './friends/removeLabels';
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

/** What the node file hands to the description and to the runner. */
export const compounds: Compounds = {
	operations,
	resources: [{ value: 'custom', name: 'Custom' }],
};
