import { type Language, textOr } from '../description/sendAndWait/language';
import { TWO_BUTTONS } from '../description/sendAndWait/properties';
import type { AnswerButton } from './question';

/** What the collection Approval Options holds, as texts. */
export type ApprovalTexts = Record<string, string | undefined>;

/**
 * The buttons of an approval.
 *
 * @param texts the user's choices; what is left out or empty is as usual
 * @param language of the question
 */
export function choicesOf(
	{ approvalType, approveLabel, disapproveLabel }: ApprovalTexts,
	language: Language,
): AnswerButton[] {
	const approve = { approved: true, label: textOr(approveLabel, 'approve', language) };
	const decline = { approved: false, label: textOr(disapproveLabel, 'decline', language) };
	return approvalType === TWO_BUTTONS ? [approve, decline] : [approve];
}
