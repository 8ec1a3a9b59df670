/** path -> handler. A path without a handler answers its sample of spec/responses.json. */
import type { Handlers } from '../call.cts';
import { accountHandlers } from './account.cts';
import { channelVideoHandlers } from './channel-videos.cts';
import { channelHandlers } from './channel.cts';
import { contactHandlers } from './contact.cts';
import { favoriteHandlers } from './favorite.cts';
import { groupMemberHandlers } from './group-members.cts';
import { groupHandlers } from './group.cts';
import { incomingHandlers } from './incoming.cts';
import { labelHandlers } from './label.cts';
import { loginHandlers } from './login.cts';
import { messageHandlers } from './message.cts';
import { momentHandlers } from './moment.cts';
import { utilityHandlers } from './utility.cts';

export const handlers: Handlers = {
	...accountHandlers,
	...channelHandlers,
	...channelVideoHandlers,
	...contactHandlers,
	...favoriteHandlers,
	...groupHandlers,
	...groupMemberHandlers,
	...incomingHandlers,
	...labelHandlers,
	...loginHandlers,
	...messageHandlers,
	...momentHandlers,
	...utilityHandlers,
};
