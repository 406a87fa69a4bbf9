// What Material's bundle expects to find: where the site lies, and its place in localStorage.
// In a file of its own, so that pages need no inline script.
var __md_scope = new URL("..", document.currentScript.src);
function __md_hash(text) {
  return [...text].reduce((sum, c) => (sum << 5) - sum + c.charCodeAt(0), 0);
}
function __md_get(key, storage, scope) {
  try {
    return JSON.parse((storage || localStorage).getItem((scope || __md_scope).pathname + "." + key));
  } catch (error) {
    return null;
  }
}
function __md_set(key, value, storage, scope) {
  try {
    (storage || localStorage).setItem((scope || __md_scope).pathname + "." + key, JSON.stringify(value));
  } catch (error) {
    // Private windows keep nothing; the choice then lasts for this page.
  }
}
