// A scene in 3D: orbited or walked through, its things picked, its doors and drawers dragged.
//
// scene.glb is y up; its root node turns scenes, whose frames are z up, so whatever hangs below the root is
// in the scene's own frame. Nothing is drawn unless something has changed.

import {
  Box3, BoxGeometry, Color, DirectionalLight, EdgesGeometry, HemisphereLight, LineBasicMaterial,
  LineSegments, MeshLambertMaterial, NeutralToneMapping, PCFShadowMap, PerspectiveCamera, PMREMGenerator, Quaternion,
  Raycaster, Scene, Vector2, Vector3, WebGLRenderer,
} from './vendor/three.module.js';
import { OrbitControls } from './vendor/controls/OrbitControls.js';
import { RoomEnvironment } from './vendor/environments/RoomEnvironment.js';
import { GLTFLoader } from './vendor/loaders/GLTFLoader.js';
import { Walk } from './walk.js';

const CLICK_PX = 5;
const FOV_DEG = 45;
const DIAGONALS = [[-1, -0.8], [1, -0.8], [1, 0.8], [-1, 0.8]];
const WORTH = { window: 3, door: 1 };
const FILL = 0.93;
const MOST_PIXELS = { full: 2, plain: 0.8 };

export class Viewer extends EventTarget {
  /** Events: `select` with an object's id or null, `joint` with {id, joint, value}, `draw`. */
  constructor(canvas) {
    super();
    this.canvas = canvas;
    this.quality = quality();
    this.renderer = new WebGLRenderer({ canvas, antialias: this.quality === 'full', powerPreference: 'low-power' });
    this.renderer.toneMapping = NeutralToneMapping;
    this.renderer.shadowMap.enabled = this.quality === 'full';
    this.renderer.shadowMap.type = PCFShadowMap;
    this.renderer.shadowMap.autoUpdate = false;
    this.scene = new Scene();
    this.camera = new PerspectiveCamera(FOV_DEG, 1, 0.05, 100);
    this.orbit = new OrbitControls(this.camera, canvas);
    this.orbit.enableDamping = true;
    this.orbit.maxPolarAngle = Math.PI * 0.495;
    this.orbit.addEventListener('change', () => this.draw());
    this.walk = new Walk(this);
    this.mode = 'orbit';
    this.blocks = [];
    this.objects = new Map();
    this.joints = new Map();
    this.selected = null;
    this.outline = new LineSegments(
      new EdgesGeometry(new BoxGeometry(1, 1, 1)), new LineBasicMaterial({ color: 0x5fae86, depthTest: false, transparent: true }));
    this.outline.renderOrder = 5;
    this.#light();
    this.#listen();
  }

  /** Show a GLB. */
  async load(buffer) {
    const { scene } = await new GLTFLoader().parseAsync(buffer, '');
    this.root = find(scene, (node) => node.userData.prompt !== undefined);
    this.root.traverse((node) => this.#know(node));
    this.scene.add(scene);
    this.scene.updateMatrixWorld(true);
    this.bounds = new Box3().setFromObject(this.root);
    this.#aim();
    this.#fit();
    this.home();
    this.canvas.dataset.objects = this.objects.size;
  }

  #know(node) {
    const told = node.userData;
    if (told.id) this.objects.set(told.id, node);
    if (told.joint) {
      const object = climb(node.parent, (above) => above.userData.id);
      const joint = { ...told.joint, node, id: object.userData.id, value: told.joint.position };
      this.joints.set(`${joint.id}/${joint.name}`, joint);
    }
    if (node.parent && isStructure(node.parent)) this.blocks.push(node);
    if (node.isMesh) {
      const structure = isStructure(climb(node, (above) => above.userData.room));
      node.castShadow = !structure && !node.material.transparent;
      node.receiveShadow = true;
      if (this.quality === 'plain') node.material = this.#plain(node.material);
      if (node.material.transparent) node.material.depthWrite = false;
    }
  }

  /** Look from the corner from which most can be seen. */
  home() {
    const middle = this.bounds.getCenter(new Vector3());
    let best = null;
    for (const [x, y] of DIAGONALS) {
      const side = new Vector3(x, 0, -y).normalize();
      let inTheWay = 0;
      const along = (node) => node.getWorldPosition(new Vector3()).sub(middle).dot(side);
      for (const node of this.blocks) inTheWay += (WORTH[node.userData.category] ?? 0) * along(node);
      for (const node of this.objects.values()) {
        const height = node.userData.size[2];
        if (node.userData.support === 'floor') inTheWay += height * height * along(node);
      }
      if (!best || inTheWay < best.inTheWay) best = { side, inTheWay };
    }
    const extent = this.bounds.getSize(new Vector3());
    const radius = extent.length() / 2;
    this.orbit.target.copy(middle);
    this.#stand(best.side.clone().setY(0.95).normalize(), radius * 3);
    this.orbit.maxDistance = this.orbit.getDistance() * 2.5;
    this.orbit.minDistance = 0.3;
    this.orbit.update();
    this.draw();
  }

  /** Look at the middle from a side, from where the whole just fills the picture. */
  #stand(side, distance) {
    const radius = distance / 3;
    const { min, max } = this.bounds;
    const corners = [0, 1, 2, 3, 4, 5, 6, 7].map((k) => new Vector3(k & 1 ? max.x : min.x, k & 2 ? max.y : min.y, k & 4 ? max.z : min.z));
    for (let k = 0; k < 6; k += 1) {
      this.camera.position.copy(this.orbit.target).addScaledVector(side, distance);
      this.camera.lookAt(this.orbit.target);
      this.camera.updateMatrixWorld();
      const hidden = (corner) => corner.y > min.y + 0.1 && corner.clone().sub(this.orbit.target).setY(0).dot(side) > radius * 0.3;
      const seen = corners.filter((corner) => !hidden(corner)).map((corner) => corner.clone().project(this.camera));
      const [xs, ys] = [seen.map((corner) => corner.x), seen.map((corner) => corner.y)];
      const span = Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys)) / 2;
      const tan = Math.tan((FOV_DEG * Math.PI) / 360) * distance;
      const [x, y] = [(Math.max(...xs) + Math.min(...xs)) / 2, (Math.max(...ys) + Math.min(...ys)) / 2];
      const [right, up] = [new Vector3().setFromMatrixColumn(this.camera.matrixWorld, 0), new Vector3().setFromMatrixColumn(this.camera.matrixWorld, 1)];
      this.orbit.target.addScaledVector(right, x * tan * this.camera.aspect).addScaledVector(up, y * tan);
      distance *= span / FILL;
    }
  }

  /** Move through the room (`walk`) or around it (`orbit`). */
  setMode(mode, start) {
    if (mode === this.mode) return;
    this.mode = mode;
    this.orbit.enabled = mode === 'orbit';
    if (mode === 'walk') this.walk.enter(start);
    else this.home();
    this.draw();
  }

  /** Mark an object; null marks none. */
  select(id) {
    this.outline.removeFromParent();
    this.selected = this.objects.has(id) ? id : null;
    if (this.selected) {
      const node = this.objects.get(id);
      const size = node.userData.size;
      this.outline.scale.set(size[0] + 0.02, size[1] + 0.02, size[2] + 0.02);
      this.outline.position.set(0, 0, size[2] / 2);
      node.add(this.outline);
    }
    this.draw();
    this.dispatchEvent(new CustomEvent('select', { detail: this.selected }));
  }

  /** Turn to an object. */
  focus(id) {
    const node = this.objects.get(id);
    if (!node || this.mode !== 'orbit') return;
    const size = node.userData.size;
    const middle = node.localToWorld(new Vector3(0, 0, size[2] / 2));
    const distance = Math.max(0.9, Math.hypot(...size) * 2.2);
    const way = this.camera.position.clone().sub(this.orbit.target).normalize();
    if (way.y < 0.25) way.setY(0.25).normalize();
    this.orbit.target.copy(middle);
    this.camera.position.copy(middle).addScaledVector(way, distance);
    this.orbit.update();
    this.draw();
  }

  /** Bring a joint to a position [rad or m], within its limits. */
  setJoint(key, value) {
    const joint = this.joints.get(key);
    joint.value = Math.min(joint.upper, Math.max(joint.lower, value));
    const axis = new Vector3(...joint.axis);
    if (joint.kind === 'prismatic') joint.node.position.set(...joint.origin).addScaledVector(axis, joint.value);
    else joint.node.quaternion.copy(new Quaternion().setFromAxisAngle(axis, joint.value));
    this.renderer.shadowMap.needsUpdate = true;
    this.draw();
    this.dispatchEvent(new CustomEvent('joint', { detail: joint }));
  }

  /** Let an object move with a link, as the things in a drawer do. */
  carry(id, link) {
    const node = this.objects.get(id);
    if (node && link) link.attach(node);
  }

  /** Where a point of the world is on the canvas [px], and whether it is in front of the camera. */
  project(point) {
    const there = point.clone().project(this.camera);
    const { clientWidth: width, clientHeight: height } = this.canvas;
    return { x: ((there.x + 1) / 2) * width, y: ((1 - there.y) / 2) * height, seen: there.z < 1 };
  }

  /** Draw once, soon. */
  draw() {
    if (this.frame) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = null;
      this.#fit();
      if (this.mode === 'orbit') this.orbit.update();
      else this.walk.step();
      this.#openUp();
      this.renderer.render(this.scene, this.camera);
      this.dispatchEvent(new Event('draw'));
    });
  }

  /** Give everything back. */
  dispose() {
    cancelAnimationFrame(this.frame);
    this.frame = -1;
    this.watched.disconnect();
    this.walk.dispose();
    this.orbit.dispose();
    this.scene.traverse((node) => node.geometry?.dispose());
    this.renderer.dispose();
    this.renderer.forceContextLoss();
  }

  /** The same material without reflections. */
  #plain(material) {
    const { color, map, opacity, transparent, side } = material;
    material.plain ??= new MeshLambertMaterial({ color, map, opacity, transparent, side });
    return material.plain;
  }

  #light() {
    if (this.quality === 'full') this.#reflect();
    this.renderer.toneMappingExposure = 1.15;
    this.scene.add(new HemisphereLight(0xffffff, 0xcfc6ba, this.quality === 'full' ? 1.1 : 2.1));
    this.sun = new DirectionalLight(0xfff4e6, 1.9);
    this.sun.castShadow = true;
    this.sun.shadow.mapSize.set(2048, 2048);
    this.sun.shadow.bias = -0.0004;
    this.sun.shadow.normalBias = 0.015;
    this.sun.shadow.radius = 3;
    this.scene.add(this.sun, this.sun.target);
  }

  #reflect() {
    this.scene.environment = new PMREMGenerator(this.renderer).fromScene(new RoomEnvironment(), 0.06).texture;
    this.scene.environmentIntensity = 0.6;
  }

  #aim() {
    const middle = this.bounds.getCenter(new Vector3());
    const radius = this.bounds.getSize(new Vector3()).length() / 2;
    this.sun.target.position.copy(middle);
    this.sun.position.copy(middle).add(new Vector3(0.45, 1, 0.35).multiplyScalar(radius * 1.6));
    Object.assign(this.sun.shadow.camera, { left: -radius, right: radius, top: radius, bottom: -radius, near: 0.1, far: radius * 4 });
    this.sun.shadow.camera.updateProjectionMatrix();
    this.renderer.shadowMap.needsUpdate = true;
  }

  /** Take away the walls, and what hangs on them, that one would look at from behind. */
  #openUp() {
    const way = new Vector3();
    const hanging = [...this.objects.values()].filter((node) => node.userData.support === 'wall');
    for (const node of [...this.blocks, ...hanging]) {
      if (node.userData.category === 'floor') continue;
      const inward = new Vector3(1, 0, 0).transformDirection(node.matrixWorld);
      way.setFromMatrixPosition(node.matrixWorld).sub(this.camera.position).negate();
      node.visible = this.mode === 'walk' || way.dot(inward) > 0;
    }
  }

  #fit() {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    const ratio = Math.min(devicePixelRatio, MOST_PIXELS[this.quality]);
    const size = this.renderer.getSize(new Vector2());
    if (!width || (size.x === width && size.y === height && this.renderer.getPixelRatio() === ratio)) return;
    this.renderer.setPixelRatio(ratio);
    this.renderer.setSize(width, height, false);
    this.camera.aspect = width / height;
    this.camera.updateProjectionMatrix();
  }

  #pick(event) {
    const box = this.canvas.getBoundingClientRect();
    const at = new Vector2(((event.clientX - box.left) / box.width) * 2 - 1, 1 - ((event.clientY - box.top) / box.height) * 2);
    const caster = new Raycaster();
    caster.setFromCamera(at, this.camera);
    const hits = caster.intersectObject(this.root).filter((hit) => !hit.object.isLineSegments && shown(hit.object));
    const hit = hits.find(({ object }) => !object.userData.overlay);
    if (!hit) return null;
    const object = climb(hit.object, (node) => node.userData.id || node.userData.room);
    if (!object?.userData.id) return null;
    const link = climb(hit.object, (node) => node.userData.joint || node.userData.id);
    const joint = link.userData.joint && this.joints.get(`${object.userData.id}/${link.userData.joint.name}`);
    return { id: object.userData.id, joint, point: hit.point };
  }

  #listen() {
    this.watched = new ResizeObserver(() => this.draw());
    this.watched.observe(this.canvas);
    let start = null;
    this.canvas.addEventListener('pointerdown', (event) => {
      this.canvas.focus({ preventScroll: true });
      if (!event.isPrimary || event.button > 0) return;
      const picked = this.#pick(event);
      start = { x: event.clientX, y: event.clientY, picked, moved: false };
      if (!picked?.joint) return;
      this.orbit.enabled = false;
      start.held = { joint: picked.joint, at: picked.joint.node.worldToLocal(picked.point.clone()), x: event.clientX, y: event.clientY };
      this.canvas.setPointerCapture(event.pointerId);
    }, { capture: true });
    this.canvas.addEventListener('pointermove', (event) => {
      if (!start) {
        if (event.pointerType === 'mouse' && !event.buttons) this.#hover(event);
        return;
      }
      if (Math.hypot(event.clientX - start.x, event.clientY - start.y) > CLICK_PX) start.moved = true;
      if (start.held && start.moved) this.#pull(start.held, event);
      else if (this.mode === 'walk') this.walk.look(event.movementX, event.movementY);
    });
    const end = (event) => {
      if (start && !start.moved && event.type === 'pointerup') this.select(start.picked?.id ?? null);
      if (start?.held) this.orbit.enabled = this.mode === 'orbit';
      start = null;
    };
    this.canvas.addEventListener('pointerup', end);
    this.canvas.addEventListener('pointercancel', end);
    this.canvas.addEventListener('keydown', (event) => this.#key(event));
  }

  #hover(event) {
    const now = performance.now();
    if (now - (this.hovered ?? 0) < 80) return;
    this.hovered = now;
    const picked = this.#pick(event);
    this.canvas.style.cursor = picked?.joint ? 'grab' : picked ? 'pointer' : '';
  }

  /** Move a joint such that the point that was grabbed follows the pointer. */
  #pull(held, event) {
    const { joint } = held;
    const key = `${joint.id}/${joint.name}`;
    const before = joint.value;
    const step = (joint.upper - joint.lower) / 200;
    const there = (value) => {
      this.setJoint(key, value);
      joint.node.updateWorldMatrix(true, false);
      return this.project(joint.node.localToWorld(held.at.clone()));
    };
    const other = before + step > joint.upper ? before - step : before + step;
    const [a, b] = [there(before), there(other)];
    const [dx, dy] = [(b.x - a.x) / (other - before), (b.y - a.y) / (other - before)];
    const [px, py] = [event.clientX - held.x, event.clientY - held.y];
    const moved = (px * dx + py * dy) / Math.max(dx * dx + dy * dy, 1e4);
    there(before + moved);
    held.x = event.clientX;
    held.y = event.clientY;
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape') this.select(null);
    else if (this.mode === 'walk') return;
    else if (event.key === 'Home') this.home();
    else if (event.key === '+' || event.key === '=') this.#turn(0, 0, 0.88);
    else if (event.key === '-') this.#turn(0, 0, 1.14);
    else if (event.key === 'ArrowLeft') this.#turn(-0.1, 0, 1);
    else if (event.key === 'ArrowRight') this.#turn(0.1, 0, 1);
    else if (event.key === 'ArrowUp') this.#turn(0, -0.08, 1);
    else if (event.key === 'ArrowDown') this.#turn(0, 0.08, 1);
    else return;
    event.preventDefault();
  }

  #turn(around, up, nearer) {
    const way = this.camera.position.clone().sub(this.orbit.target);
    const flat = Math.hypot(way.x, way.z);
    const azimuth = Math.atan2(way.x, way.z) + around;
    const polar = Math.min(this.orbit.maxPolarAngle, Math.max(0.05, Math.atan2(flat, way.y) + up));
    const length = Math.min(this.orbit.maxDistance, Math.max(this.orbit.minDistance, way.length() * nearer));
    way.set(Math.sin(polar) * Math.sin(azimuth), Math.cos(polar), Math.sin(polar) * Math.cos(azimuth)).multiplyScalar(length);
    this.camera.position.copy(this.orbit.target).add(way);
    this.orbit.update();
    this.draw();
  }

  /** Let the ground behind the room have a colour of CSS. */
  background(color) {
    this.scene.background = new Color(color);
    this.draw();
  }
}

/** The first node above or at `node` of which something holds. */
export function climb(node, holds) {
  while (node && !holds(node)) node = node.parent;
  return node;
}

/** How well to draw: `plain` where there is no graphics card, or as `sage-quality` in the local storage says. */
function quality() {
  const kept = localStorage.getItem('sage-quality');
  if (kept === 'full' || kept === 'plain') return kept;
  const gl = document.createElement('canvas').getContext('webgl2');
  const name = gl?.getParameter(gl.getExtension('WEBGL_debug_renderer_info')?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER) ?? '';
  gl?.getExtension('WEBGL_lose_context')?.loseContext();
  return /swiftshader|llvmpipe|software/i.test(name) ? 'plain' : 'full';
}

/** Whether a node holds the floor and the walls of a room. */
function isStructure(node) {
  return Boolean(node?.userData.room && !node.userData.id);
}

function find(node, holds) {
  let found = null;
  node.traverse((below) => {
    if (!found && holds(below)) found = below;
  });
  return found;
}

function shown(node) {
  for (let above = node; above; above = above.parent) if (!above.visible) return false;
  return true;
}
