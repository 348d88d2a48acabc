// The floor plan, to scale; a click on a thing selects it.

import { h, svg, words } from './dom.js';

const MARGIN_M = 0.35;

/** Draw the floor plan of a scene. */
export function floorPlan(scene, select) {
  const points = scene.rooms.flatMap((room) => room.polygon);
  const [xs, ys] = [points.map((p) => p[0]), points.map((p) => p[1])];
  const [left, right, low, high] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const box = [left - MARGIN_M, -high - MARGIN_M, right - left + 2 * MARGIN_M, high - low + 2 * MARGIN_M];
  const drawing = svg('svg', { viewBox: box.join(' '), class: 'plan', role: 'group', 'aria-label': 'Floor plan' },
    scene.rooms.map(room), things(scene, select));
  return h('figure', {}, drawing, h('figcaption', { className: 'faint' },
    scene.rooms.map((r) => `${words(r.type)} ${area(r.polygon).toFixed(1)} m²`).join(', ')));
}

function room(told) {
  const outline = told.polygon.map(([x, y]) => `${x},${-y}`).join(' ');
  return svg('g', {}, svg('polygon', { points: outline, class: 'floor' }), told.walls.map(wall));
}

function wall({ start, end, thickness, openings }) {
  const length = Math.hypot(end[0] - start[0], end[1] - start[1]);
  const [ux, uy] = [(end[0] - start[0]) / length, (end[1] - start[1]) / length];
  const out = thickness / 2;
  const at = (offset) => [start[0] + ux * offset + uy * out, -(start[1] + uy * offset - ux * out)];
  const line = (from, to, kind) => {
    const [[x1, y1], [x2, y2]] = [at(from), at(to)];
    return svg('line', { x1, y1, x2, y2, class: kind, 'stroke-width': thickness });
  };
  return [line(-thickness / 2, length + thickness / 2, 'wall'),
    ...openings.map((hole) => line(hole.offset - hole.width / 2, hole.offset + hole.width / 2, hole.kind))];
}

function things(scene, select) {
  const shown = scene.objects.filter((item) => item.support !== 'ceiling');
  const height = (item) => item.pose.position[2] + item.size[2];
  return shown.sort((a, b) => height(a) - height(b)).map((item) => {
    const [w, x, y, z] = item.pose.orientation;
    const yaw = (Math.atan2(2 * (w * z + x * y), 1 - 2 * (y * y + z * z)) * 180) / Math.PI;
    const [depth, width] = item.size;
    const [px, py] = item.pose.position;
    const go = () => select(item.id);
    return svg('rect', {
      x: -depth / 2, y: -width / 2, width: depth, height: width, rx: 0.02,
      transform: `translate(${px} ${-py}) rotate(${-yaw})`, class: `thing ${item.role}${item.covering ? ' covering' : ''}`,
      'data-id': item.id, tabindex: item.role === 'context' ? -1 : 0, role: 'button', 'aria-label': item.name,
      onclick: go, onkeydown: (event) => event.key === 'Enter' && go(),
    }, svg('title', {}, document.createTextNode(words(item.id))));
  });
}

function area(polygon) {
  let twice = 0;
  polygon.forEach(([x, y], k) => {
    const [nx, ny] = polygon[(k + 1) % polygon.length];
    twice += x * ny - nx * y;
  });
  return Math.abs(twice) / 2;
}
