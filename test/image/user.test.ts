import { ImageUser, parseImageUser } from '../../src/image/user';

const uid = (value: number): ImageUser => ({ kind: 'uid', uid: value });
const invalid = (value: string): ImageUser => ({ kind: 'invalid-uid', value });
const name = (value: string): ImageUser => ({ kind: 'name', name: value });

test.each<[string, ImageUser]>([
  ['', uid(0)], ['0', uid(0)], ['0:0', uid(0)], ['00', uid(0)], [':1000', uid(0)], ['-0', uid(0)],
  ['root', name('root')], ['nobody', name('nobody')], ['app:app', name('app')], ['1_000', name('1_000')], ['0x3e8', name('0x3e8')],
  [' 1000', name(' 1000')], ['1e3', name('1e3')], ['\u0661', name('\u0661')], ['+', name('+')], ['__proto__', name('__proto__')],
  ['10001', uid(10001)], ['65532:65532', uid(65532)], ['+5', uid(5)], [`${'0'.repeat(200)}7`, uid(7)], ['1:2:3', uid(1)],
  ['2147483647', uid(2147483647)], ['2147483648', invalid('2147483648')], ['-1', invalid('-1')], ['4294967294', invalid('4294967294')],
  ['9223372036854775807', invalid('9223372036854775807')], ['-9223372036854775808', invalid('-9223372036854775808')],
  ['9223372036854775808', name('9223372036854775808')], ['9'.repeat(100), name('9'.repeat(100))],
])('what the kubelet is told of the user %j', (user, expected) => {
  expect(parseImageUser(user)).toEqual(expected);
});
