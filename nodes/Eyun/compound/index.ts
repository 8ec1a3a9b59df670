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
import { sendAndWaitIn } from './sendAndWait/operation';
import { waitForLogin } from './waitForLogin';
import { THIS_PROCESS } from '../trigger/state/triggerState';
import type { ProcessState } from '../trigger/state/triggerState';

/** All compound operations, in the order of their resources. */
const operationsIn = (shared: ProcessState): readonly CompoundOperation[] => [
	replyToMessage,
	forwardMessage,
	mentionMembers,
	sendAndWaitIn(shared),
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

/**
 * What the node file hands to the description and to the runner.
 *
 * @param shared what the nodes of a process share
 */
export function compoundsIn(shared: ProcessState): Compounds {
	return {
		operations: operationsIn(shared),
		resources: [{ value: 'custom', name: 'Custom', chinese: '自定义' }],
	};
}

/** Those of this process. */
export const compounds = compoundsIn(THIS_PROCESS);
