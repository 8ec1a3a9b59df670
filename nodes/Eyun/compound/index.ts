import type { CompoundOperation } from '../execution/compoundOperation';
import type { ProcessState } from '../trigger/state/triggerState';
import { THIS_PROCESS } from '../trigger/state/triggerState';
import { runCustomRequest } from './customRequest';
import { customRequest } from './description/customRequest';
import { downloadMedia } from './description/downloadMedia';
import { forwardMessage } from './description/forward';
import { acceptAndGreet, addLabels, removeLabels } from './description/friends';
import { logInWithQrCode, waitForLogin } from './description/login';
import { mentionMembers } from './description/mentionMembers';
import {
	findContact,
	findGroup,
	findMember,
	getManyContacts,
	getManyGroups,
} from './description/people';
import { postVideoAndWait } from './description/postVideoAndWait';
import { replyToMessage } from './description/reply';
import { sendAndWait } from './description/sendAndWait';
import { runDownloadMedia } from './downloadMedia';
import { runForward } from './forward/forward';
import { runAcceptAndGreet } from './friends/acceptAndGreet';
import { runAddLabels } from './friends/addLabels';
import { runRemoveLabels } from './friends/removeLabels';
import { runLogInWithQrCode } from './logInWithQrCode';
import { runMentionMembers } from './mentionMembers';
import { runFindContact } from './people/findContact';
import { runFindGroup } from './people/findGroup';
import { runFindMember } from './people/findMember';
import { runGetManyContacts } from './people/getManyContacts';
import { runGetManyGroups } from './people/getManyGroups';
import { runPostVideoAndWait } from './postVideoAndWait';
import { runReply } from './reply/reply';
import { sendAndWaitIn } from './sendAndWait/sendAndWait';
import { runWaitForLogin } from './waitForLogin';

/**
 * What the compound operations do, each with its description.
 *
 * @param shared what the nodes of a process share
 */
export function compoundsIn(shared: ProcessState): readonly CompoundOperation[] {
	return [
		{ ...replyToMessage, run: runReply },
		{ ...forwardMessage, run: runForward },
		{ ...mentionMembers, run: runMentionMembers },
		{ ...sendAndWait, ...sendAndWaitIn(shared) },
		{ ...downloadMedia, run: runDownloadMedia },
		{ ...getManyContacts, run: runGetManyContacts },
		{ ...findContact, run: runFindContact },
		{ ...acceptAndGreet, run: runAcceptAndGreet },
		{ ...addLabels, run: runAddLabels },
		{ ...removeLabels, run: runRemoveLabels },
		{ ...getManyGroups, run: runGetManyGroups },
		{ ...findGroup, run: runFindGroup },
		{ ...findMember, run: runFindMember },
		{ ...postVideoAndWait, run: runPostVideoAndWait },
		{ ...logInWithQrCode, run: runLogInWithQrCode },
		{ ...waitForLogin, run: runWaitForLogin },
		{ ...customRequest, run: runCustomRequest },
	];
}

/** Those of this process. */
export const compoundOperations = compoundsIn(THIS_PROCESS);
