import { findOperation } from '../../nodes/Eyun/catalogue';
import type { Operation } from '../../nodes/Eyun/catalogue/types';
import { buildBody } from '../../nodes/Eyun/execution/values/body.ts';

/** What goes out for fields left empty, where the vendor's own examples leave them empty. */

function operation(resource: string, value: string): Operation {
	const found = findOperation(resource, value);
	if (!found) throw new Error(`No ${resource}: ${value}`);
	return found;
}

function bodyOf({ fields }: Operation, top: Record<string, unknown>, additional: object = {}) {
	return buildBody(fields, (name) => top[name], additional as Record<string, unknown>);
}

describe('an optional field that the vendor takes as ""', () => {
	const login = operation('login', 'withPassword');
	const top = { account: 'ax321', password: 'ab56', proxy: 7 };

	it('is left out when it was not added', () => {
		expect(bodyOf(login, top)).toEqual(top);
	});

	it('goes out empty when it was added and left empty', () => {
		expect(bodyOf(login, top, { wId: '', proxyIp: '' })).toEqual({ ...top, wId: '', proxyIp: '' });
	});

	it('is the exception: others are left out', () => {
		const create = operation('group', 'create');
		const required = { wId: 'w', userList: 'wxid_a,wxid_b' };
		expect(bodyOf(create, required, { topic: '' })).toEqual(required);
	});
});

describe('an address that an uploaded video takes the place of', () => {
	const publish = operation('channel', 'publish');
	const top = {
		wId: 'w',
		myUserName: 'v2_a@finder',
		videoUrl: '',
		videoThumbUrl: '',
		videoWidth: 1240,
		videoHeight: 930,
		videoPlayLen: 13,
		title: 'Title',
		topic: ['#one'],
	};
	const uploaded = {
		fileKey: 'finder_upload_1',
		fileSize: 1315979,
		fileUrl: 'http://wxapp.tc.qq.com/a',
		mp4Identify: 'f554',
		thumbMd5: 'cc9a',
		thumbUrl: 'http://wxapp.tc.qq.com/b',
	};

	it('goes out empty beside the uploaded video', () => {
		expect(bodyOf(publish, top, { videoCdn: { values: uploaded } })).toEqual({
			...top,
			videoCdn: uploaded,
		});
	});

	it.each([{}, { videoCdn: {} }, { videoCdn: { values: {} } }])(
		'is required without one: %j',
		(additional) => {
			expect(() => bodyOf(publish, top, additional)).toThrow('"Video" (videoUrl) is empty');
		},
	);

	it('is still checked beside one', () => {
		const wrong = { ...top, videoUrl: 'ftp://example.com/a.mp4' };
		expect(() => bodyOf(publish, wrong, { videoCdn: { values: uploaded } })).toThrow(
			'takes a web address',
		);
	});
});
