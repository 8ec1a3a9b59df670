import type { AnswerButton } from './question';
import { TWO_BUTTONS, WORDS } from './properties';

/** What the collection Approval Options holds, as texts. */
export type ApprovalTexts = Record<string, string | undefined>;

/**
 * The buttons of an approval.
 *
 * @param texts the user's choices; what is left out or empty is as usual
 */
export function choicesOf({
	approvalType,
	approveLabel,
	disapproveLabel,
}: ApprovalTexts): AnswerButton[] {
	const approve = { approved: true, label: approveLabel || WORDS.approve };
	const decline = { approved: false, label: disapproveLabel || WORDS.decline };
	return approvalType === TWO_BUTTONS ? [approve, decline] : [approve];
}
