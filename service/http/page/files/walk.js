// Walking through a room: keys or buttons move, the pointer looks around.

import { Vector3 } from './vendor/three.module.js';

const EYES_M = 1.55;
const SPEED = 1.6;
const RADIANS_A_PIXEL = 0.004;
const KEYS = {
  w: [1, 0], ArrowUp: [1, 0], s: [-1, 0], ArrowDown: [-1, 0], a: [0, -1], d: [0, 1],
};
const TURNS = { ArrowLeft: 1, q: 1, ArrowRight: -1, e: -1 };

export class Walk {
  constructor(viewer) {
    this.viewer = viewer;
    this.yaw = this.pitch = 0;
    this.held = new Set();
    this.down = (event) => {
      if (this.viewer.mode !== 'walk' || event.ctrlKey || event.metaKey) return;
      if (event.key in KEYS || event.key in TURNS) {
        this.press(event.key);
        event.preventDefault();
      }
    };
    this.up = (event) => this.release(event.key);
    viewer.canvas.addEventListener('keydown', this.down);
    addEventListener('keyup', this.up);
  }

  /** Stand at a place of the scene's frame with a heading, or else in the middle. */
  enter(start) {
    const { camera, bounds, root } = this.viewer;
    const middle = bounds.getCenter(new Vector3());
    camera.position.copy(start ? root.localToWorld(new Vector3(...start.position)) : middle).setY(EYES_M);
    const toward = start ? new Vector3(Math.cos(start.yaw), 0, -Math.sin(start.yaw)) : new Vector3(1, 0, 0);
    this.yaw = Math.atan2(-toward.x, -toward.z);
    this.pitch = -0.22;
    this.time = null;
    this.#turned();
  }

  press(key) {
    if (!this.held.size) this.time = null;
    this.held.add(key);
    this.viewer.draw();
  }

  release(key) {
    this.held.delete(key);
  }

  look(dx, dy) {
    this.yaw += dx * RADIANS_A_PIXEL;
    this.pitch = Math.min(1.4, Math.max(-1.4, this.pitch + dy * RADIANS_A_PIXEL));
    this.#turned();
    this.viewer.draw();
  }

  /** Move for the time since the last frame, and ask for another while a key is held. */
  step() {
    if (!this.held.size) return;
    const now = performance.now();
    const seconds = this.time === null ? 0.016 : Math.min(0.1, (now - this.time) / 1000);
    this.time = now;
    const { camera, bounds } = this.viewer;
    const ahead = new Vector3(-Math.sin(this.yaw), 0, -Math.cos(this.yaw));
    const right = new Vector3(-ahead.z, 0, ahead.x);
    for (const key of this.held) {
      const [forth, side] = KEYS[key] ?? [0, 0];
      camera.position.addScaledVector(ahead, forth * SPEED * seconds).addScaledVector(right, side * SPEED * seconds);
      this.yaw += (TURNS[key] ?? 0) * seconds * 1.5;
    }
    camera.position.clamp(bounds.min.clone().addScalar(0.25), bounds.max.clone().addScalar(-0.25)).setY(EYES_M);
    this.#turned();
    this.viewer.draw();
  }

  dispose() {
    removeEventListener('keyup', this.up);
  }

  #turned() {
    this.viewer.camera.rotation.set(this.pitch, this.yaw, 0, 'YXZ');
  }
}
