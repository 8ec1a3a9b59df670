/** path -> handler. A path without a handler answers its sample of spec/responses.json. */
import type { Handlers } from '../call.cts';
import { accountHandlers } from './account.cts';
import { incomingHandlers } from './incoming.cts';
import { loginHandlers } from './login.cts';
import { messageHandlers } from './message.cts';

export const handlers: Handlers = {
	...accountHandlers,
	...incomingHandlers,
	...loginHandlers,
	...messageHandlers,
};
