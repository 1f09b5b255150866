function login(user) {
  // ruleid: javascript.node.insecure-random
  const sessionToken = Math.random().toString(36).slice(2);
  // ruleid: javascript.node.insecure-random
  user.resetCode = Math.floor(Math.random() * 1000000);
  // ruleid: javascript.node.insecure-random
  save({ name: user.name, api_key: "k" + Math.random() });
  return sessionToken;
}

function generatePassword(length) {
  let result = "";
  while (result.length < length) {
    // ruleid: javascript.node.insecure-random
    result += LETTERS[Math.floor(Math.random() * LETTERS.length)];
  }
  return result;
}

function play(tokens) {
  // ok: javascript.node.insecure-random
  const dice = 1 + Math.floor(Math.random() * 6);
  // ok: javascript.node.insecure-random
  const color = { hue: Math.random() * 360 };
  // ok: javascript.node.insecure-random
  const tokenPosition = Math.random() * board.width;
  // ok: javascript.node.insecure-random
  const token = crypto.randomBytes(32).toString("hex");
  // ok: javascript.node.insecure-random
  setTimeout(retry, 1000 + Math.random() * 500);
  return [dice, color, tokenPosition, token, tokens];
}
