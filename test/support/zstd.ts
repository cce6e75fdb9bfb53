/** A text with words that repeat, and letters of uneven frequency: what a compressor has something to do with. */
export const lines: Buffer = Buffer.from(linesOf(400));

function linesOf(count: number): string {
  let state = 7;
  const random = (below: number): number => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor(state / 65536) % below;
  };
  return Array.from({ length: count }, () => 'etaoinshrdlu'.slice(random(12)).concat(' daemon:x:', String(random(30)), '\n')).join('');
}

/** The same text as the program zstd 1.5 compressed it, fast and well; the second without a checksum, in one segment. */
export const compressedLines: Readonly<Record<'fast' | 'best', Buffer>> = {
  fast: Buffer.from([
    'KLUv/QRI3R8AptEnGaAnaQwAZp/TjQhCZKnquG2595Y78eAXrVArAB4AHACWU+SxRzMdr+j+uPHgQJcwEFmTCCkNKiJULiQUEAmCg6EAQBgoCg',
    'IMEAIBG0uz7V1z26P2cV784nkuYk5DxLOpTsfbFumscyEBE2v1+ujZtGHqxmgcRPvPGnr+K+XidTSWZPXdAlTrBelFdz2vfxsj5Hxoeg7rift4',
    '3bPEDHUEgY+oEdaV9jtRBIfCoNTUHhF8wmAc5xxjrGrVGLQY5QuJ1nJUOPbqtPdR4XQQcKTQcEJe+THPq2T4sG0vRR4g5M0q4eLX5unqpI2VJ5',
    'tqfeS6CUn7BXwr+2gkw/1w0OFS6b9XUYKVTh+7o/VGwG48jnsZ9u9hbgObIxMluc8IhBIUXiCVGoHU4yGQuDHXxepq+FSF3bPr1LPebmO12TPo',
    'pl06CYW9nC3ik3WRkHlYGx083kvur4t9NcDXSjWeZYrLC22G1VfsURMrIARl+lajVdbEkB1N6VMsc5oB0FWc57GIRSS5lWAF8K5ymoZGTz9CsH',
    'AbXKPWVYB7Y96/kCUUHYoc1P8AoO63cm6peXsvzDbKkpqBZ3EfZwIisRhagvRjoB+mCE4GJ1JuYAfPL5FaadUFNmmm+0O8k+Zff+AaI1HEJZf7',
    'WTlkg9dwwsgotTkGAX4QE1AVHBHuk4gATjOx/RxESoNdv1M2lXidk/yB4qXM8r/hEpYE2NTKISYHfRGbhLYSL3zSmj8N8Gw7WTNO+hRcURRimW',
    'bN5YEl9Y+GUgkUdwDJP3SC3h/0CyAdryja0Mxli5AKqspH3km1u/s3elmSjJnhZBhWnqLWMU01HWgKgM0kQmw/tce6G2OawGH+2mVKkul/LCSy',
    '8kt4eSNV1N8zs5JLpuGjttaz6Filx9L6lhIDssaaFXuI9MKAJ6jXbKxT4CmYR4bK8GRhpmHLJDTkE47/Q6uj2Zlhg9hsy6E8hCboSmqxMZWFRT',
    'm0EktXplMBOAXhj688W+CxojO4CA18olrzJCX2JoKcFoBzXAeRvlqbkrJr+5DPbeAJClSe6xkzzEe8jCfttmFE27EOQQKdiruUAGRVZpeJ31iW',
    '5xCY8pxmlB5rsDzyAWyhXMWw1zUV3rarRlBIj5+RyFeqq9ZUN8zd3wWeW1zOzSEBRUAn39eNABBCMZII2pqJA2R7Vczu+FywLIv9M2qGouDGOC',
    '1zk1U++zD7pKZGTRf/PoGPEeBSvb4E2ewQUIh03ha5W0soJqlEMNIzOWMAv36DANDqE2AIQZGIzQdX903iSmo2TBocqjLNHzoVqTNGCSZSrAuD',
    'IXHiFMjth0VvWUQ4oKI7f9n/m6ZBpPX8Lp2mQazz81yKAH/aqwrwJwMp',
  ].join(''), 'base64'),
  best: Buffer.from([
    'KLUv/WA5HMUbAIKPIRaQG7MGAED+S+Siu4MgERERkjjr3GUV7ZbKNFshz+qyRe6ZkmupQe2dJxmZaoksuaJr5Iy52lIuKc1zHjRZTTl307Sca9',
    'qSqqg9xF5rTtXSikJPXXQ1O+mW6WmaaqLquidqz3tXq+6uZCINQqUQPJsnIUt7ogs8AgkFgiAYAByHwaLASBgCgVqokR6u/TMhCEHFcVZKzwMS',
    '+ASCwqJYmqQ5ImOWyAQzUxOlA7TSS4O4KKtrqjYn1CSKjz+ayUiXX1VmOGGJkYJdAPlOmV/w+bXkNuko+ayEXPDAQcuBrOCQ47DNfrQx02V0K1',
    'RSRu6lojfzwyT+cSW5o74GGgcrhW+BUVn4lq3tvG3S2qxDA/anu8H6bZJoL5VFMItP9rWK602jFQmSndLC5MTYiF1neVFQVCBpZxM1ESnnUl5b',
    'zV0fsgeXSSk6S+MCYtHP8BTmDr9qRJyEtm7A8SD5AkHfzl+7yro2yYSaMaBQUP59FmEKqYQlB8sQqlURWHDDP7rYmAV8xKo09YIkO1hnP3of0N',
    'cClnakflYN2n5J1Wi5p2wmAs7IsjUfjPh9AsqrIn971Aa8rbMI607/27ZQSAcna0AlyD9Yl1AdBUXy6Td9RuFo2PyLBrpsnwBz5SRedLOdZQE4',
    'G8ua8hbx+K84w67BJ4wjPR2MS1XzbeiOet3R2T9wMmxBEwHZYSGY1ck9QSnTSgPU/+aY5/05DDVmY2f9dhsolOa8ZEcOdX7JZQBcUHEffITbrW',
    'N9Q+b0zhxLVxXeRC7O7i9D/jXpJbqlepSkmSMsgNKHo8nPc2nT4LdD0DMkFX7LEN+pxHB1q1s4NnRW6yyTTKdUKSrk95e4boGhflPeuk8Lx3oQ',
    '6zQdoDSfHnatL6m8jsNZFeTaKDXHoB7LwfR91hHgWc4HIULvWDaJULu7L4qEehTQB7nqkn8o8ygJpGxAaMXh9trcrLd5wEAXUqr62KAeBMzKKS',
    'IRO9wMi3fzcgaQohxOdWJfICtl3ZKe57jbmUFqw/BMiHscZEElqZEBYsCiTBilzUwKNFTrODFqcHmY1yvLZuQb/8jtHx60Xq1YIK0QKmo4PbCT',
    'XqUnBM7iE+Gj0PDNxMYVnKvQRJjgpR537aA0KuU7z2Uv/jBW2KuDghvu8553drCQhwK1f23q+6oY0QpM8ZtJ5Csggyr+9MO8qg==',
  ].join(''), 'base64'),
};
