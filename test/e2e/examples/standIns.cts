/** Stands in for what examples reach beside Eyun: a feed with news, and the robot that gets alarms. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';

const HEADLINES = ['One', 'Two', 'Three', 'Four', 'Five', 'Six'];

const FEED = `<?xml version="1.0"?><rss version="2.0"><channel><title>News</title><link>http://news.example/</link>
<description>News</description>${HEADLINES.map((title) => `<item><title>${title} &amp; more</title><link>http://news.example/${title}</link></item>`).join('')}</channel></rss>`;

export interface StandIns {
	feed: string;
	emptyFeed: string;
	robot: string;
	/** What the robot was told. */
	alarms: string[];
	stop(): Promise<void>;
}

/** Starts them on one port of loopback. */
export async function startStandIns(): Promise<StandIns> {
	const alarms: string[] = [];
	const app = express();
	app.use(express.json());
	app.get(
		'/feed.xml',
		(_request, response) => void response.type('application/rss+xml').send(FEED),
	);
	app.get('/empty.xml', (_request, response) => {
		response.type('application/rss+xml').send(FEED.replace(/<item>.*<\/item>/, ''));
	});
	app.post('/robot', (request, response) => {
		const { msgtype, text } = request.body as { msgtype: string; text: { content: string } };
		alarms.push(`${msgtype}: ${text.content}`);
		response.json({ errcode: 0, errmsg: 'ok' });
	});
	const server = app.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return {
		feed: `${url}/feed.xml`,
		emptyFeed: `${url}/empty.xml`,
		robot: `${url}/robot`,
		alarms,
		stop: async () => {
			server.closeAllConnections();
			await new Promise((done) => server.close(done));
		},
	};
}
