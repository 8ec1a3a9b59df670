import { SEND_AND_WAIT_OPERATION } from 'n8n-workflow';

import type { CompoundDescription } from '../../../description/compound';
import { properties } from './properties';

/** A question to a person in WeChat; the execution goes on with the answer. */
export const sendAndWait: CompoundDescription = {
	resource: 'message',
	value: SEND_AND_WAIT_OPERATION,
	name: 'Send and Wait for Response',
	chinese: '发消息并等待回答',
	action: 'Send message and wait for response',
	description:
		'Ask a person, who answers in the chat, or once on a page that is opened with a link in the message',
	properties,
	ignores: ['fullResponse'],
};
