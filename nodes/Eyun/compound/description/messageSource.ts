import type { INodeProperties } from 'n8n-workflow';

/** The parameter that says where the message comes from. */
export const MESSAGE_SOURCE = 'messageSource';
const FROM_TRIGGER = 'trigger';
export const FROM_ITEM = 'item';

/** The message itself. */
export const ITEM_MESSAGE = { name: 'message', label: 'Message' };

/**
 * The parameters that say which received message an operation is about.
 *
 * @param displayName what the operation does with it
 */
export function messageSource(displayName: string): INodeProperties[] {
	return [
		{
			displayName,
			name: MESSAGE_SOURCE,
			type: 'options',
			options: [
				{
					name: 'From the Trigger',
					value: FROM_TRIGGER,
					description:
						'The message that the trigger started this workflow with, whatever nodes stand in between',
				},
				{
					name: 'From This Item',
					value: FROM_ITEM,
					description: 'The message in the input item, or one that you enter as JSON',
				},
			],
			default: FROM_TRIGGER,
		},
		{
			displayName: ITEM_MESSAGE.label,
			name: ITEM_MESSAGE.name,
			type: 'json',
			default: '={{ $json }}',
			required: true,
			description: 'An item of the trigger, or a callback as Eyun sends it',
			displayOptions: { show: { [MESSAGE_SOURCE]: [FROM_ITEM] } },
		},
	];
}
