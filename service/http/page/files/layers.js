// What lies over the picture of a scene: collision pieces, centres of mass, support surfaces, names.

import {
  BufferGeometry, CircleGeometry, Color, DoubleSide, Float32BufferAttribute, Mesh, MeshBasicMaterial, MeshStandardMaterial,
  PlaneGeometry, SphereGeometry, Vector3, Box3, BoxGeometry, Matrix4, Quaternion,
} from './vendor/three.module.js';
import * as api from './api.js';
import { h, words } from './dom.js';
import { climb } from './viewer.js';

const ON = 0x3fa36f;
const IN = 0x3f7fd0;
const UNSEEN = 1;

/** The layers of a viewer; geometry of assets is fetched when it is first asked for. */
export class Layers {
  constructor(viewer, files, names) {
    this.viewer = viewer;
    this.files = files;
    this.names = names;
    this.assets = new Map();
    this.made = new Map();
    this.on = new Set();
    viewer.addEventListener('draw', () => this.on.has('names') && this.#name());
  }

  /** What asset.json tells of an asset. */
  asset(id) {
    if (!this.assets.has(id)) this.assets.set(id, api.json(`${this.files}/assets/${id}/asset.json`));
    return this.assets.get(id);
  }

  /** Show or hide a layer: `collision`, `mass`, `support` or `names`. */
  async show(layer, on) {
    if (on) this.on.add(layer);
    else this.on.delete(layer);
    if (layer === 'names') {
      if (!on) this.names.replaceChildren();
      return this.viewer.draw();
    }
    if (on && !this.made.has(layer)) {
      const make = { collision: (n) => this.#pieces(n), mass: (n) => this.#masses(n), support: (n) => this.#surfaces(n) }[layer];
      const nodes = [...this.viewer.objects.values()];
      this.made.set(layer, Promise.all(nodes.map(make)).then((meshes) => meshes.flat()));
    }
    const meshes = (await this.made.get(layer)) ?? [];
    for (const mesh of meshes) mesh.visible = this.on.has(layer);
    if (layer === 'collision') this.#bare(this.on.has('collision'));
    this.viewer.draw();
  }

  /** While the collision pieces are shown, what is seen otherwise is not. */
  #bare(bare) {
    for (const node of this.viewer.objects.values()) {
      node.traverse((below) => {
        if (below.isMesh && !below.userData.layer && !node.userData.covering) below.layers.set(bare ? UNSEEN : 0);
      });
    }
  }

  async #pieces(node) {
    const asset = await this.asset(node.userData.asset);
    const meshes = [];
    for (const link of asset.links) {
      if (!link.colliders.length) continue;
      const parts = await Promise.all(link.colliders.map((piece) => this.#piece(asset.id, link.name, piece)));
      const points = parts.flat();
      const geometry = new BufferGeometry().setAttribute('position', new Float32BufferAttribute(points, 3));
      geometry.setAttribute('color', new Float32BufferAttribute(parts.flatMap((part, k) => shades(part.length / 3, k)), 3));
      geometry.computeVertexNormals();
      meshes.push(hung(new Mesh(geometry, PIECES), linkOf(node, link.name), true));
    }
    return meshes;
  }

  /** Corners of a piece's triangles in the link's frame, as a flat list. */
  async #piece(asset, link, piece) {
    if (piece.box) {
      const { position, orientation: [w, x, y, z] } = piece.pose;
      const box = new BoxGeometry(...piece.box).toNonIndexed();
      box.applyMatrix4(new Matrix4().compose(new Vector3(...position), new Quaternion(x, y, z, w), new Vector3(1, 1, 1)));
      return [...box.attributes.position.array];
    }
    const path = `${this.files}/assets/${asset}/collision_${link}_${piece.name}.obj`;
    if (!this.assets.has(path)) this.assets.set(path, api.text(path).then(corners));
    return this.assets.get(path);
  }

  async #masses(node) {
    const meshes = [];
    node.traverse((below) => {
      const link = below.userData.link;
      if (!link || climb(below, (above) => above.userData.id) !== node || node.userData.covering) return;
      const mesh = hung(new Mesh(BALL, MASS), below, false);
      mesh.position.set(...link.com);
      mesh.scale.setScalar(Math.min(0.05, 0.008 + 0.012 * Math.cbrt(link.mass)));
      mesh.renderOrder = 10;
      meshes.push(mesh);
    });
    return meshes;
  }

  async #surfaces(node) {
    const asset = await this.asset(node.userData.asset);
    return asset.surfaces.map((surface) => {
      const [depth, width] = surface.size;
      const geometry = surface.round ? new CircleGeometry(0.5, 32) : new PlaneGeometry(1, 1);
      const mesh = hung(new Mesh(geometry, surface.placement === 'in' ? INSIDE : ONTO), linkOf(node, surface.link), false);
      mesh.scale.set(depth, width, 1);
      mesh.position.set(surface.center[0], surface.center[1], surface.center[2] + 0.004);
      return mesh;
    });
  }

  /** Write the names that do not cover each other, nearest first. */
  #name() {
    const { viewer } = this;
    const taken = [];
    const labels = [];
    const box = new Box3();
    const nodes = [...viewer.objects.values()].filter((node) => !node.userData.covering && node.visible);
    const near = (node) => node.getWorldPosition(new Vector3()).distanceTo(viewer.camera.position) - (node.userData.role === 'context' ? 0 : 100);
    for (const node of nodes.sort((a, b) => near(a) - near(b))) {
      const size = node.userData.size;
      const at = viewer.project(node.localToWorld(new Vector3(0, 0, size[2] * 0.6)));
      const text = words(node.userData.name || node.userData.category);
      const half = text.length * 3.4 + 8;
      box.min.set(at.x - half, at.y - 9, 0);
      box.max.set(at.x + half, at.y + 9, 0);
      if (!at.seen || at.x < 0 || at.y < 0 || taken.some((other) => other.intersectsBox(box))) continue;
      taken.push(box.clone());
      const label = h('span', { className: node.userData.role === 'context' ? '' : 'wanted' }, text);
      label.style.transform = `translate(${at.x}px, ${at.y}px) translate(-50%, -50%)`;
      labels.push(label);
    }
    this.names.replaceChildren(...labels);
  }
}

const BALL = new SphereGeometry(1, 16, 12);
const MASS = new MeshBasicMaterial({ color: 0xe0533d, depthTest: false, transparent: true, opacity: 0.9 });
const PIECES = new MeshStandardMaterial({ vertexColors: true, flatShading: true, roughness: 0.9 });
const ONTO = new MeshBasicMaterial({ color: ON, side: DoubleSide, transparent: true, opacity: 0.45, depthWrite: false });
const INSIDE = new MeshBasicMaterial({ color: IN, side: DoubleSide, transparent: true, opacity: 0.45, depthWrite: false });

/** Hang a mesh on a link; `solid` ones can be picked. */
function hung(mesh, link, solid) {
  if (!solid) mesh.userData.overlay = true;
  mesh.userData.layer = true;
  link.add(mesh);
  return mesh;
}

function linkOf(object, name) {
  let found = object;
  object.traverse((node) => {
    if (node.userData.link?.name === name && climb(node, (above) => above.userData.id) === object) found = node;
  });
  return found;
}

/** Corners of the triangles of an OBJ file. */
function corners(text) {
  const points = [];
  const found = [];
  for (const line of text.split('\n')) {
    const [kind, ...values] = line.split(' ');
    if (kind === 'v') points.push(values.map(Number));
    if (kind === 'f') for (const value of values) found.push(...points[parseInt(value, 10) - 1]);
  }
  return found;
}

/** A colour for each of so many corners; pieces differ in hue. */
function shades(count, k) {
  const { r, g, b } = new Color().setHSL((0.38 + k * 0.381966) % 1, 0.38, 0.62);
  return Array.from({ length: count }, () => [r, g, b]).flat();
}
